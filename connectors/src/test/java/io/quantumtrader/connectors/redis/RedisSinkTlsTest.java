package io.quantumtrader.connectors.redis;

import static io.quantumtrader.connectors.redis.Certificates.PASSWORD;
import static io.quantumtrader.connectors.redis.RedisConnectionConfig.KEYSTORE;
import static io.quantumtrader.connectors.redis.RedisConnectionConfig.TRUSTSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Encrypted connections, certificates both ways, and passwords that nobody gets to read. */
@Tag("real")
class RedisSinkTlsTest {

  private static final String USER_PASSWORD = "user-word";

  private static RedisServers servers;
  private static Certificates certificates;
  private static RedisCommands<String, String> redis;
  private static int port;
  private static int mutualPort;

  @BeforeAll
  static void start() throws Exception {
    servers = new RedisServers();
    certificates = new Certificates(servers.directory());
    certificates.make("server", "localhost");
    certificates.make("client", "client");
    certificates.make("stranger", "localhost");
    port = RedisServers.freePort();
    mutualPort = RedisServers.freePort();
    int plain = RedisServers.freePort();
    servers.start(plain, tls(port, "no"));
    servers.start(RedisServers.freePort(), tls(mutualPort, "yes"));
    redis = servers.connect(plain, "");
  }

  @AfterAll
  static void stop() throws Exception {
    servers.close();
  }

  @Test
  void shouldTrustWhatTheTrustStoreHolds() throws Exception {
    assertWrites(with(port, Map.of(TRUSTSTORE + ".location", trust("server").toString())));
  }

  @Test
  void shouldTakePemForBothSides() throws Exception {
    assertWrites(
        with(
            mutualPort,
            Map.of(
                TRUSTSTORE + ".location", certificates.certificatePem("server").toString(),
                TRUSTSTORE + ".type", "PEM",
                KEYSTORE + ".location", certificates.bothPem("client").toString(),
                KEYSTORE + ".type", "PEM",
                KEYSTORE + ".password", "")));
  }

  @Test
  void shouldShowItsOwnCertificate() throws Exception {
    assertWrites(
        with(
            mutualPort,
            Map.of(
                TRUSTSTORE + ".location", trust("server").toString(),
                KEYSTORE + ".location", servers.directory().resolve("client.p12").toString())));
  }

  @Test
  void shouldEndTheTaskWhereACertificateIsNotTrusted() throws Exception {
    assertRefused(with(port, Map.of()));
    assertRefused(with(port, Map.of(TRUSTSTORE + ".location", trust("stranger").toString())));
  }

  @Test
  void shouldHoldTheHostNameAgainstTheCertificate() throws Exception {
    Map<String, String> settings =
        with(port, Map.of(TRUSTSTORE + ".location", trust("server").toString()));
    settings.put(RedisConnectionConfig.URI, "rediss://127.0.0.1:" + port);

    assertRefused(settings);
  }

  @Test
  void shouldEndTheTaskWhereItsOwnCertificateIsNotTrusted() throws Exception {
    assertRefused(
        with(
            mutualPort,
            Map.of(
                TRUSTSTORE + ".location", trust("server").toString(),
                KEYSTORE + ".location", servers.directory().resolve("stranger.p12").toString())));
  }

  @Test
  void shouldSayWhichFileCannotBeOpened() throws Exception {
    Map<String, String> absent = with(port, Map.of(TRUSTSTORE + ".location", "/no/such.p12"));
    Map<String, String> locked =
        with(
            port,
            Map.of(
                TRUSTSTORE + ".location",
                trust("server").toString(),
                TRUSTSTORE + ".password",
                "wrong-word"));

    assertThatThrownBy(() -> SinkHarness.start(absent))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("redis.ssl.truststore.location /no/such.p12 cannot be read as");
    assertThatThrownBy(() -> SinkHarness.start(locked))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("redis.ssl.truststore.password")
        .hasMessageNotContaining("wrong-word");
  }

  @Test
  void shouldTakeTheirPasswordsFromAFileAndShowThemNowhere() throws Exception {
    // given: as a worker resolves them
    Path secrets = Files.writeString(servers.directory().resolve("secrets"), "p=" + USER_PASSWORD);
    Map<String, String> settings =
        with(port, Map.of(TRUSTSTORE + ".location", trust("server").toString()));
    settings.put(RedisConnectionConfig.USERNAME, "sink");
    settings.put(RedisConnectionConfig.PASSWORD, "${file:" + secrets + ":p}");
    redis.aclSetuser(
        "sink",
        io.lettuce.core.AclSetuserArgs.Builder.on()
            .addPassword(USER_PASSWORD)
            .keyPattern("p:*")
            .allCommands());
    List<ILoggingEvent> logged = new java.util.ArrayList<>();

    // when
    try (FileConfigProvider files = new FileConfigProvider();
        LogCapture capture = new LogCapture(logged)) {
      files.configure(Map.of());
      Map<String, String> resolved =
          new ConfigTransformer(Map.of("file", files)).transform(settings).data();
      assertWrites(resolved);
      redis.aclSetuser("sink", io.lettuce.core.AclSetuserArgs.Builder.off());
      assertRefused(resolved);
      capture.flush();
    }

    // then
    assertThat(logged).isNotEmpty();
    assertThat(logged)
        .allSatisfy(
            event ->
                assertThat(event.getFormattedMessage()).doesNotContain(USER_PASSWORD, PASSWORD));
  }

  private static void assertWrites(Map<String, String> settings) {
    redis.flushall();
    try (SinkHarness sink = SinkHarness.start(settings)) {
      sink.put(Records.of(0, Map.of("n", 1)));
      sink.put(Records.of(1, Map.of("n", 2)));
      assertThat(sink.reported()).isEmpty();
    }
  }

  private static void assertRefused(Map<String, String> settings) {
    try (SinkHarness sink = SinkHarness.start(settings)) {
      assertThatThrownBy(() -> sink.put(Records.of(0, Map.of("n", 1))))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("check redis.")
          .hasMessageNotContaining(USER_PASSWORD)
          .hasMessageNotContaining(PASSWORD);
    }
  }

  private static Path trust(String name) throws Exception {
    return certificates.trust(name);
  }

  private static String[] tls(int port, String authenticate) throws Exception {
    return new String[] {
      "tls-port " + port,
      "tls-cert-file " + certificates.certificatePem("server"),
      "tls-key-file " + certificates.keyPem("server"),
      "tls-ca-cert-file " + certificates.certificatePem("client"),
      "tls-auth-clients " + authenticate
    };
  }

  private static Map<String, String> with(int tlsPort, Map<String, String> more) {
    Map<String, String> settings =
        SinkHarness.settings(
            "rediss://localhost:" + tlsPort,
            "{\"command\": \"SET\", \"key\": \"k\", \"value\": \"value.n\"}");
    settings.put(TRUSTSTORE + ".password", PASSWORD);
    settings.put(KEYSTORE + ".password", PASSWORD);
    settings.putAll(more);
    return settings;
  }

  /** Everything that is logged while it is open, down to DEBUG. */
  private static final class LogCapture implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger client = (Logger) LoggerFactory.getLogger("io.lettuce");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final List<ILoggingEvent> logged;

    LogCapture(List<ILoggingEvent> logged) {
      this.logged = logged;
      root.getAppender("STDERR").stop();
      appender.start();
      root.addAppender(appender);
      root.setLevel(Level.DEBUG);
      client.setLevel(Level.DEBUG);
    }

    void flush() {
      logged.addAll(List.copyOf(appender.list));
    }

    @Override
    public void close() {
      root.setLevel(Level.WARN);
      client.setLevel(Level.ERROR);
      root.detachAppender(appender);
      root.getAppender("STDERR").start();
    }
  }
}
