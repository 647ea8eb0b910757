//! How much memory this process may have: what the machine has, and what limits were laid on it.

use std::fs;
use std::path::Path;

/// The least of what the machine has, of what its control groups allow, and of what the shell allows (bytes); `None` where the
/// system does not say.
pub(super) fn most_bytes() -> Option<u64> {
    let text = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let groups = groups(&text("/proc/self/cgroup"));
    let limits = groups.iter().filter_map(|path| limit(&fs::read_to_string(path).ok()?));
    let all = [total(&text("/proc/meminfo")), address_space(&text("/proc/self/limits"))];
    all.into_iter().flatten().chain(limits).min()
}

/// What the machine has, from `/proc/meminfo`.
fn total(meminfo: &str) -> Option<u64> {
    let kib = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?.split_whitespace().next()?;
    kib.parse::<u64>().ok().map(|kib| kib << 10)
}

/// What `ulimit -v` allows, from `/proc/self/limits`.
fn address_space(limits: &str) -> Option<u64> {
    let rest = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// A limit of a control group; `max`, or a number beyond all memory, is none.
fn limit(text: &str) -> Option<u64> {
    text.trim().parse::<u64>().ok().filter(|bytes| *bytes < 1 << 60)
}

/// The files with the limits of the control groups of a process and of all that they are in, from `/proc/self/cgroup`.
fn groups(cgroup: &str) -> Vec<String> {
    let mut files = Vec::new();
    for line in cgroup.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (root, file) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max"),
            known if known.split(',').any(|name| name == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            }
            _ => continue,
        };
        let path = path.trim_start_matches('/');
        files.extend(
            Path::new(path).ancestors().map(|group| format!("{root}/{}/{file}", group.display()).replace("//", "/")),
        );
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_the_system_writes_them() {
        assert_eq!(total("MemTotal:       24576 kB\nMemFree: 1 kB\n"), Some(24_576 << 10));
        assert_eq!(
            address_space("Limit  Soft Limit\nMax address space         157286400            unlimited  bytes\n"),
            Some(157_286_400)
        );
        assert_eq!(address_space("Max address space         unlimited            unlimited            bytes\n"), None);
        assert_eq!((limit("1073741824\n"), limit("max\n"), limit("9223372036854771712")), (Some(1 << 30), None, None));
        assert_eq!(
            groups("0::/a/b\n"),
            ["/sys/fs/cgroup/a/b/memory.max", "/sys/fs/cgroup/a/memory.max", "/sys/fs/cgroup/memory.max"]
        );
        assert_eq!(
            groups("5:cpu,memory:/x\n2:pids:/x\n"),
            ["/sys/fs/cgroup/memory/x/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        );
        assert!(groups("").is_empty());
    }
}
