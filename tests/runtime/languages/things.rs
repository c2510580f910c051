// SPDX-License-Identifier: BSD-2-Clause
//! What a typed skeleton has, on the live kernel: prints what is not as it has to be, and at the end "done".
use std::ops::ControlFlow;
use std::time::Duration;
use wbpf::UpdateFlag;

mod skel;
use skel::{Color, ThingKey, Record, ThingsBpf, Value};

fn key(a: u16, name: &str) -> ThingKey {
    let mut key = ThingKey { a, ..Default::default() };
    key.name[..name.len()].copy_from_slice(name.as_bytes());
    key
}

fn value() -> Value {
    let mut value = Value { color: Color::COLOR_RED, ..Default::default() };
    value.set_low(4);
    value.set_deep(-1234);
    value.set_flag(true);
    value.set_number(0x1122334455667788);
    value
}

/// As the BPF program changes it.
fn check(value: &Value) {
    assert_eq!((value.low(), value.deep(), value.flag()), (6, 1234, true));
    assert_eq!(value.color, Color::COLOR_BLUE);
    assert_eq!((value.first(), value.second()), (5, 0x11223344));
    assert_eq!(value.number(), 0x1122334400000005);
}

fn maps(skel: &ThingsBpf) -> wbpf::Result<()> {
    let values = skel.maps().values();
    assert!(values.get(&key(3, "go"))?.is_none());
    values.put(&key(3, "go"), &value(), UpdateFlag::NoExist)?;
    values.put(&key(4, "gone"), &Value::default(), UpdateFlag::Any)?;
    let again = values.put(&key(3, "go"), &value(), UpdateFlag::NoExist);
    assert_eq!(again.unwrap_err().errno, wbpf::Errno::EEXIST);
    assert!(values.remove(&key(4, "gone"))? && !values.remove(&key(4, "gone"))?);
    let all: Vec<_> = values.iter().collect::<wbpf::Result<_>>()?;
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].0.a, all[0].1.deep()), (3, -1234));
    skel.maps().per_cpu().put(&1, &17, UpdateFlag::Any)?;
    assert_eq!(skel.maps().per_cpu().get_per_cpu(&1)?, vec![17; wbpf::possible_cpus()]);
    Ok(())
}

fn program(skel: &ThingsBpf) -> wbpf::Result<()> {
    let mut ring = wbpf::RingBuffer::new(skel.maps().records())?;
    let run = skel.progs().run().test_run(&[], &mut [])?;
    assert_eq!(run.retval, 0);
    check(&skel.maps().values().get(&key(3, "go"))?.unwrap());
    assert_eq!(skel.maps().per_cpu().get_per_cpu(&0)?.iter().sum::<u64>(), 2);
    let bss = skel.bss().expect("a kernel that shares its memory");
    assert_eq!(bss.get().runs, 3);
    check(&bss.get().last);
    let mut records = 0;
    ring.poll(Some(Duration::from_secs(1)), |bytes| {
        let record = Record::view(bytes).expect("a whole record");
        assert_eq!((record.key.a, &record.key.name[..3]), (3, &b"go\0"[..]));
        check(&record.value);
        assert_eq!(&Record::list(bytes)[..record.count as usize], [42, 99]);
        records += 1;
        ControlFlow::Continue(())
    })?;
    assert_eq!(records, 1);
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut skel = ThingsBpf::open()?;
    assert!(!skel.progs().refused().autoload() && skel.progs().run().autoload());
    skel.progs_mut().refused().set_autoload(true)?;
    assert!(skel.load().is_err());
    drop(skel);

    let mut skel = ThingsBpf::open()?;
    skel.rodata().expect("a section").change(|r| r.step = 3)?;
    skel.data_own().expect("a section").change(|d| d.own += 2)?;
    skel.load()?;
    assert_eq!(skel.rodata().map(|r| r.set(Default::default()).is_err()), Some(true));
    maps(&skel)?;
    program(&skel)?;
    println!("done");
    Ok(())
}
