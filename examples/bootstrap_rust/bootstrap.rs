// SPDX-License-Identifier: BSD-2-Clause
//! Prints each process that starts and each that ends: bootstrap_rust [-c NAME] [-n COUNT] [-d MS] [-t SECONDS]
use std::ops::ControlFlow;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

mod skel;
use skel::{BootstrapBpf, Event, EventKind};

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
    let kind = if e.kind == EventKind::PROCESS_START { "EXEC" } else { "EXIT" };
    print!(
        "{:02}:{:02}:{:02} {kind:<5} {:<15} {:7} {:7} ",
        now / 3600,
        now / 60 % 60,
        now % 60,
        text(&e.name),
        e.pid,
        e.ppid
    );
    if e.kind == EventKind::PROCESS_START {
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

fn watch(skel: &BootstrapBpf, config: &Config) -> wbpf::Result<u64> {
    let mut ring = wbpf::RingBuffer::new(skel.maps().events())?;
    let links = skel.attach()?;
    let mut printed = 0;
    let begin = Instant::now();
    let ended = || config.seconds > 0 && begin.elapsed() >= Duration::from_secs(config.seconds);

    wbpf::catch_signals(&[wbpf::SIGINT, wbpf::SIGTERM])?;
    println!("Watching processes start and end; Ctrl-C ends.");
    println!("{:<8} {:<5} {:<15} {:>7} {:>7} WHAT", "UTC", "EVENT", "NAME", "PID", "PARENT");
    while wbpf::take_signals() == 0 && !ended() && (config.max_events == 0 || printed < config.max_events) {
        let result = ring.poll(Some(Duration::from_millis(100)), |record| {
            if let Some(event) = Event::view(record) {
                print_event(event);
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
    let mut skel = BootstrapBpf::open()?;

    if let Some(rodata) = skel.rodata() {
        rodata.change(|r| {
            r.min_duration_ns = config.min_duration_ms * 1_000_000;
            r.only_name = config.name;
        })?;
    }
    skel.load()?;
    let printed = watch(&skel, config)?;
    let lost = skel.bss().map_or(0, |bss| bss.get().lost);
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
