// SPDX-License-Identifier: BSD-2-Clause
//! Prints each process that starts and each that ends, as a component:
//! bootstrap [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]
//!
//! `guest` is what wit-bindgen makes of the world `guest` in guest.wit: the host interface, and the types of
//! the BPF object.
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use guest::bpf::bootstrap_bpf::types::Event;
use guest::wbpf::host::bpf::{Error, ErrorKind, Object};
use guest::wbpf::host::signals::{self, SignalSet};

/// The BPF object of the example bootstrap, in a custom section, which takes no memory and is not copied.
#[link_section = "wbpf.bootstrap"]
static OBJECT: [u8; include_bytes!(env!("BOOTSTRAP_OBJECT")).len()] = *include_bytes!(env!("BOOTSTRAP_OBJECT"));

const PROCESS_START: u32 = 1;

#[derive(Default)]
struct Config {
    name: [u8; 16],
    max_events: u64,
    min_duration_ms: u64,
    seconds: u64,
}

fn config() -> Result<Config, String> {
    let mut config = Config::default();
    let mut words = std::env::args().skip(1);
    while let Some(option) = words.next() {
        let value = words.next().ok_or(format!("{option} needs a value"))?;
        let number = || value.parse().map_err(|_| format!("not a number: {value}"));
        match option.as_str() {
            "-n" => config.max_events = number()?,
            "-t" => config.seconds = number()?,
            "-d" => config.min_duration_ms = number()?,
            "-c" if value.len() < config.name.len() => config.name[..value.len()].copy_from_slice(value.as_bytes()),
            "-c" => return Err(format!("the name is longer than 15 bytes: {value}")),
            _ => return Err(format!("unknown option {option}")),
        }
    }
    Ok(config)
}

/// The bytes of struct event, where its fields lie in the object.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.0[at..at + 4].try_into().unwrap())
    }

    fn u64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.0[at..at + 8].try_into().unwrap())
    }

    fn text(&self, at: usize, size: usize) -> String {
        let bytes = &self.0[at..at + size];
        let end = bytes.iter().position(|&b| b == 0).unwrap_or(size);
        String::from_utf8_lossy(&bytes[..end]).into_owned()
    }

    fn event(&self) -> Event {
        Event {
            kind: self.u32(0),
            pid: self.u32(4) as i32,
            ppid: self.u32(8) as i32,
            duration_ns: self.u64(16),
            exit_code: self.u32(24),
            name: self.text(28, 16),
            path: self.text(44, 128),
        }
    }
}
const EVENT_SIZE: usize = 176;

fn print_event(e: &Event) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() % 86400;
    let kind = if e.kind == PROCESS_START { "EXEC" } else { "EXIT" };
    let when = format!("{:02}:{:02}:{:02}", now / 3600, now / 60 % 60, now % 60);
    let what = match (e.kind, e.exit_code & 0x7f) {
        (PROCESS_START, _) => e.path.clone(),
        (_, 0) => format!("exit status {}", e.exit_code >> 8 & 0xff),
        (_, signo) => format!("killed by signal {signo}"),
    };
    let after = match e.duration_ns {
        0 => String::new(),
        ns => format!(" after {} ms", ns / 1_000_000),
    };
    println!("{when} {kind:<5} {:<15} {:7} {:7} {what}{after}", e.name, e.pid, e.ppid);
}

fn watch(object: &Object, config: &Config) -> Result<u64, Error> {
    let events = object.map("events")?.events()?;
    let links = object.attach()?;
    let mut printed = 0;
    let begin = Instant::now();
    let ended = || config.seconds > 0 && begin.elapsed() >= Duration::from_secs(config.seconds);

    println!("Watching processes start and end; Ctrl-C ends.");
    println!("{:<8} {:<5} {:<15} {:>7} {:>7} WHAT", "UTC", "EVENT", "NAME", "PID", "PARENT");
    while !ended() && (config.max_events == 0 || printed < config.max_events) {
        let max = match config.max_events {
            0 => 1000,
            max => (max - printed).min(1000) as u32,
        };
        match events.poll(100, max) {
            Ok(records) => {
                for record in records.iter().filter(|r| r.len() >= EVENT_SIZE) {
                    print_event(&Bytes(record).event());
                    printed += 1;
                }
            }
            Err(e) if e.kind == ErrorKind::Interrupted => break,
            Err(e) => return Err(e),
        }
    }
    drop(links);
    Ok(printed)
}

fn run(config: &Config) -> Result<(), Error> {
    signals::catch(SignalSet::INTERRUPT | SignalSet::TERMINATE)?;
    debug_assert!(!OBJECT.is_empty()); // what nobody names is left out
    let object = Object::open_section("wbpf.bootstrap", "")?;
    let rodata = object.map(".rodata")?;
    rodata.write_data(0, &(config.min_duration_ms * 1_000_000).to_le_bytes())?;
    rodata.write_data(8, &config.name)?;
    object.load()?;
    let printed = watch(&object, config)?;
    let lost = object.map(".bss")?.read_data(0, 8)?;
    println!("Events: {printed}, lost: {}", u64::from_le_bytes(lost.try_into().unwrap()));
    Ok(())
}

fn main() {
    let ended = config().and_then(|c| run(&c).map_err(|e| format!("{}\n{}", e.message, e.log)));
    if let Err(why) = ended {
        eprintln!("bootstrap: {why}");
        std::process::exit(1);
    }
}
