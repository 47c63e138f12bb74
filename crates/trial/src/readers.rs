//! Reading a record's page over HTTP, on a connection that stays open, as a browser's does.

use std::{
    io::{BufRead, BufReader, ErrorKind},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use tokio::net::TcpStream;

use crate::{place::Place, product};

/// A server of the product that ends with its owner.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts `ekistics serve` and waits until it listens.
    pub fn start(place: &Place) -> Result<Server> {
        let mut child = Command::new(product()?)
            .args(["serve", "--port", "0", "--lang", "en"])
            .args(place.arguments())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap_or_default().parse()?;
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Server { child, address });
            }
        }
        bail!("the server ended with {} before it listened", child.wait()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// One reader's connection.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, received: Vec::new() })
    }

    /// The body of a page; anything but success is an error.
    pub async fn get(&mut self, path: &str) -> Result<String> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        let mut rest = request.as_bytes();
        while !rest.is_empty() {
            self.stream.writable().await?;
            match self.stream.try_write(rest) {
                Ok(n) => rest = &rest[n..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
        let head = loop {
            if let Some(at) = self.received.windows(4).position(|w| w == b"\r\n\r\n") {
                let head = self.received.drain(..at + 4).collect();
                break String::from_utf8(head)?;
            }
            self.receive().await?;
        };
        ensure!(head.starts_with("HTTP/1.1 200"), "{path}: {}", head.lines().next().unwrap_or_default());
        let length =
            head.lines().filter_map(|l| l.split_once(':')).find(|(n, _)| n.eq_ignore_ascii_case("content-length"));
        let length: usize = length.context("an answer without its length")?.1.trim().parse()?;
        while self.received.len() < length {
            self.receive().await?;
        }
        Ok(String::from_utf8(self.received.drain(..length).collect())?)
    }

    async fn receive(&mut self) -> Result<()> {
        let mut buffer = [0; 1 << 14];
        loop {
            self.stream.readable().await?;
            match self.stream.try_read(&mut buffer) {
                Ok(0) => bail!("the server hung up"),
                Ok(n) => {
                    self.received.extend_from_slice(&buffer[..n]);
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
