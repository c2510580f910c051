// SPDX-License-Identifier: BSD-2-Clause
//! Prints each process that starts and each that ends: bootstrap_rust [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]
use std::ops::ControlFlow;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The BPF object of the example bootstrap.
static OBJECT: &[u8] = include_bytes!(env!("BOOTSTRAP_OBJECT"));

const PROCESS_START: u32 = 1;

/// struct event of bootstrap.h.
#[repr(C)]
#[derive(Clone, Copy)]
struct Event {
    kind: u32,
    pid: i32,
    ppid: i32,
    _padding: u32,
    duration_ns: u64,
    exit_code: u32,
    name: [u8; 16],
    path: [u8; 128],
    _end: u32,
}

/// The object's .rodata.
#[repr(C)]
#[derive(Clone, Copy)]
struct Rodata {
    min_duration_ns: u64,
    only_name: [u8; 16],
}
unsafe impl wbpf::Plain for Rodata {}

#[derive(Default)]
struct Config {
    name: [u8; 16],
    max_events: u64,
    min_duration_ms: u64,
    seconds: u64,
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end])
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

fn print_event(e: &Event) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() % 86400;
    let kind = if e.kind == PROCESS_START { "EXEC" } else { "EXIT" };
    print!(
        "{:02}:{:02}:{:02} {kind:<5} {:<15} {:7} {:7} ",
        now / 3600,
        now / 60 % 60,
        now % 60,
        text(&e.name),
        e.pid,
        e.ppid
    );
    if e.kind == PROCESS_START {
        println!("{}", text(&e.path));
        return;
    }
    match e.exit_code & 0x7f {
        0 => print!("exit status {}", e.exit_code >> 8 & 0xff),
        signo => print!("killed by signal {signo}"),
    }
    match e.duration_ns {
        0 => println!(),
        ns => println!(" after {} ms", ns / 1_000_000),
    }
}

fn watch(object: &wbpf::Object, config: &Config) -> wbpf::Result<u64> {
    let events = object.map("events").expect("the object has a map events");
    let mut ring = wbpf::RingBuffer::new(events)?;
    let links = object.attach()?;
    let mut printed = 0;
    let begin = Instant::now();
    let ended = || config.seconds > 0 && begin.elapsed() >= Duration::from_secs(config.seconds);

    wbpf::catch_signals(&[wbpf::SIGINT, wbpf::SIGTERM])?;
    println!("Watching processes start and end; Ctrl-C ends.");
    println!("{:<8} {:<5} {:<15} {:>7} {:>7} WHAT", "UTC", "EVENT", "NAME", "PID", "PARENT");
    while wbpf::take_signals() == 0 && !ended() && (config.max_events == 0 || printed < config.max_events) {
        let result = ring.poll(Some(Duration::from_millis(100)), |record| {
            if record.len() >= std::mem::size_of::<Event>() {
                print_event(unsafe { &*(record.as_ptr() as *const Event) });
                printed += 1;
            }
            match config.max_events {
                max if max > 0 && printed >= max => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        });
        match result {
            Err(e) if e.errno != wbpf::Errno::EINTR => return Err(e),
            _ => {}
        }
    }
    drop(ring);
    wbpf::close_links(links)?;
    Ok(printed)
}

fn run(config: &Config) -> wbpf::Result<()> {
    let mut object = wbpf::Object::open(OBJECT)?;

    if let Some(rodata) = object.section(".rodata").and_then(|m| m.live::<Rodata>()) {
        rodata.change(|r| {
            r.min_duration_ns = config.min_duration_ms * 1_000_000;
            r.only_name = config.name;
        })?;
    }
    object.load()?;
    let printed = watch(&object, config)?;
    let lost = object.section(".bss").and_then(|m| m.live::<u64>()).map_or(0, |lost| lost.get());
    println!("Events: {printed}, lost: {lost}");
    Ok(())
}

fn main() {
    let ended = config().and_then(|c| run(&c).map_err(|e| e.to_string()));
    if let Err(why) = ended {
        eprintln!("bootstrap_rust: {why}");
        std::process::exit(1);
    }
}
