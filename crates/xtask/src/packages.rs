//! System packages that the tests need, installed where they are missing.

use std::path::Path;

use anyhow::{Result, bail};

use crate::run::{answers, step};

/// Debian packages with a file that shows that they are there.
const PACKAGES: &[(&str, &str)] = &[
    ("build-essential", "/usr/bin/cc"),
    ("chromium", "/usr/bin/chromium"),
    ("fonts-noto-core", "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"),
    ("nodejs", "/usr/bin/node"),
    ("npm", "/usr/bin/npm"),
    ("postgresql", "/usr/bin/psql"),
    ("python3-aiosmtpd", "/usr/lib/python3/dist-packages/aiosmtpd/smtp.py"),
    // Prometheus' own parser, which judges what we tell it.
    ("python3-prometheus-client", "/usr/lib/python3/dist-packages/prometheus_client/__init__.py"),
    ("python3-venv", "/usr/share/doc/python3-venv"),
    ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
];

/// Installs missing packages with apt as root; elsewhere says what is missing.
pub fn install() -> Result<()> {
    let missing: Vec<&str> =
        PACKAGES.iter().filter(|(name, file)| !is_there(name, file)).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !answers("apt-get", &["--version"]) || !answers("sh", &["-c", "test $(id -u) = 0"]) {
        bail!(
            "these packages are missing and cannot be installed from here: {}\n\
             Install them (a Chromium at /usr/bin/chromium, Noto fonts for Arabic and Chinese, PostgreSQL, Node.js with npm,\n\
             aiosmtpd for /usr/bin/python3), then run this again.",
            missing.join(", ")
        );
    }
    step("package list", "apt-get", &["update", "-qq"])?;
    let install =
        format!("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {}", missing.join(" "));
    step("packages", "sh", &["-c", &install])
}

/// Whether a package's file is there. Node.js is often installed by other means than apt: any in the path will do.
fn is_there(name: &str, file: &str) -> bool {
    let program = match name {
        "nodejs" => "node",
        "npm" => "npm",
        _ => return Path::new(file).exists(),
    };
    answers(program, &["--version"])
}
