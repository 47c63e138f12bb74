//! Where letters are handed over.

use std::{fmt, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::Mailbox, transport::smtp::extension::ClientId,
};

use crate::{Letter, PostError, Settings, settings::Server};

/// The way to one mail server. Each letter is a connection of its own, so it may be kept for ever, cloned and shared.
#[derive(Clone)]
pub struct Postbox {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    patience: Duration,
}

impl fmt::Debug for Postbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postbox").field("from", &self.from.email).finish_non_exhaustive()
    }
}

impl Postbox {
    /// Understands the settings; asks nobody. See [`Postbox::try_out`] for whether the server lets us send.
    ///
    /// # Errors
    /// [`PostError::Settings`].
    pub fn open(settings: &Settings) -> Result<Self, PostError> {
        let server = Server::read(settings)?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host)
            .port(server.port)
            .tls(server.tls)
            // The sender's domain rather than this machine's name, which servers distrust when it is not public.
            .hello_name(ClientId::Domain(server.from.email.domain().to_owned()))
            .timeout(Some(settings.patience));
        if let Some(login) = server.login {
            builder = builder.credentials(login);
        }
        Ok(Postbox { transport: builder.build(), from: server.from, patience: settings.patience })
    }

    /// Connects, and signs in when there is a name, and sends nothing.
    ///
    /// # Errors
    /// [`PostError`].
    pub async fn try_out(&self) -> Result<(), PostError> {
        let answers = self.in_time(self.transport.test_connection()).await?;
        if answers { Ok(()) } else { Err(PostError::Unreachable("it does not answer".into())) }
    }

    /// Hands one letter over.
    ///
    /// # Errors
    /// [`PostError`]; ask [`PostError::again`] whether to try again.
    pub async fn send(&self, letter: &Letter) -> Result<(), PostError> {
        let mut unique = [0; 16];
        getrandom::fill(&mut unique).map_err(|e| PostError::Unreachable(format!("no randomness: {e}")))?;
        let message = letter.message(&self.from, unique, std::time::SystemTime::now())?;
        self.in_time(self.transport.send(message)).await.map(drop)
    }

    /// The whole exchange within the time; each of its steps has that bound too, but there are many.
    async fn in_time<T>(
        &self,
        exchange: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, PostError> {
        match tokio::time::timeout(self.patience, exchange).await {
            Ok(done) => done.map_err(PostError::from),
            Err(_) => Err(PostError::Unreachable(format!("no answer in {} seconds", self.patience.as_secs()))),
        }
    }
}
