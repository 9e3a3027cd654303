package io.quantumtrader.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.quantumtrader.schemas.registry.RegistryException;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Credentials and TLS of the registry client. The server is a stand-in out of the JDK that checks
 * the header and makes a real handshake; the registry of the embedded stack has neither.
 */
@Tag("real")
class RegistrySecurityTest {

  private static final String PASSWORD = "changeit";
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("me:p:w@d".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path directory;

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Lists no subjects to who sends this header, and refuses everyone else. */
  private static <T extends HttpServer> T serving(T server, String authorization) {
    server.createContext(
        "/",
        exchange ->
            answer(
                exchange,
                authorization.equals(
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")))));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, boolean allowed) throws IOException {
    byte[] body =
        (allowed ? "[]" : "{\"error_code\":40101,\"message\":\"who are you\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static List<String> subjects(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("max.retries", "0");
    try (SchemaRegistry registry = new SerdeConfig(all).registry()) {
      return registry.subjects();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "basic.auth.credentials.source=USER_INFO;basic.auth.user.info=me:p:w@d,''",
    "basic.auth.credentials.source=USER_INFO;schema.registry.basic.auth.user.info=me:p:w@d,''",
    "basic.auth.credentials.source=URL,me:p:w%40d@",
    "'',me:p:w%40d@"
  })
  void shouldSendUserAndPasswordFromWhereTheyStand(String settings, String inUrl)
      throws IOException {
    // given
    HttpServer server = serving(HttpServer.create(anyPort(), 0), BASIC);
    try {
      Map<String, String> given = new HashMap<>();
      for (String setting : settings.split(";", -1)) {
        if (!setting.isEmpty()) {
          int at = setting.indexOf('=');
          given.put(setting.substring(0, at), setting.substring(at + 1));
        }
      }
      String address = "127.0.0.1:" + server.getAddress().getPort();

      // when
      given.put("schema.registry.url", "http://" + inUrl + address + "/");

      // then
      assertThat(subjects(given)).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void shouldSendATokenAndSayWithoutSecretsThatItWasRefused() throws IOException {
    // given
    HttpServer server = serving(HttpServer.create(anyPort(), 0), "Bearer t0ken");
    String address = "127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> token =
        Map.of(
            "schema.registry.url", "http://" + address,
            "bearer.auth.credentials.source", "STATIC_TOKEN",
            "bearer.auth.token", "t0ken");
    try {
      // when, then
      assertThat(subjects(token)).isEmpty();
      assertThatThrownBy(
              () -> subjects(Map.of("schema.registry.url", "http://me:secret@" + address)))
          .isExactlyInstanceOf(RegistryException.class)
          .hasMessageContaining("http://" + address + " answered 401, error_code 40101")
          .hasMessageNotContaining("secret");
      assertThat(new SerdeConfig(token).values().toString()).doesNotContain("t0ken");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "basic.auth.credentials.source=SASL_INHERIT,basic.auth.credentials.source",
    "basic.auth.credentials.source=USER_INFO,basic.auth.user.info is missing",
    "bearer.auth.credentials.source=OAUTHBEARER,only STATIC_TOKEN is known",
    "bearer.auth.credentials.source=STATIC_TOKEN,bearer.auth.token is missing",
    "value.subject.name.strategy=Mine,is not one of TopicNameStrategy",
    "schema.registry.ssl.endpoint.identification.algorithm=none,always verified",
    "schema.registry.ssl.truststore.location=/none.p12,schema.registry.ssl.*"
  })
  void shouldRefuseSettingsThatItDoesNotKnow(String setting, String message) {
    Map<String, String> settings =
        new HashMap<>(Map.of("schema.registry.url", "http://127.0.0.1:1"));
    int at = setting.indexOf('=');
    settings.put(setting.substring(0, at), setting.substring(at + 1));
    assertThatThrownBy(
            () -> {
              SerdeConfig config = new SerdeConfig(settings);
              SubjectNames unused = config.subjectNames();
              config.registry().close();
            })
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldTrustAndBeTrustedByKeysInConfluentsNames() throws Exception {
    // given
    Path serverKeys = keys("server", "-ext", "SAN=ip:127.0.0.1");
    Path clientKeys = keys("client");
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(demandingCertificates(serverKeys, trusting(clientKeys)));
    serving(server, "null");
    try {
      Map<String, String> settings = new HashMap<>();
      settings.put("schema.registry.url", "https://127.0.0.1:" + server.getAddress().getPort());

      // when, then: the JVM's own trust does not know the server
      assertThatThrownBy(() -> subjects(settings)).isInstanceOf(RegistryUnavailableException.class);

      // when, then: the client trusts, and is not trusted
      settings.put("schema.registry.ssl.truststore.location", trusting(serverKeys).toString());
      settings.put("schema.registry.ssl.truststore.password", PASSWORD);
      settings.put("schema.registry.ssl.truststore.type", "PKCS12");
      assertThatThrownBy(() -> subjects(settings)).isInstanceOf(RegistryUnavailableException.class);

      // when, then: both trust each other
      settings.put("schema.registry.ssl.keystore.location", clientKeys.toString());
      settings.put("schema.registry.ssl.keystore.password", PASSWORD);
      settings.put("schema.registry.ssl.keystore.type", "PKCS12");
      settings.put("schema.registry.ssl.key.password", PASSWORD);
      assertThat(subjects(settings)).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private Path keys(String name, String... more) throws Exception {
    Path file = directory.resolve(name + ".p12");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return file;
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** Returns a trust store with the certificate of these keys. */
  private Path trusting(Path keys) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    KeyStore known = load(keys);
    String alias = known.aliases().nextElement();
    trust.setCertificateEntry(alias, known.getCertificate(alias));
    Path file = directory.resolve(alias + "-trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static HttpsConfigurator demandingCertificates(Path keys, Path trust) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(load(keys), PASSWORD.toCharArray());
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(load(trust));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters demanded = context.getDefaultSSLParameters();
        demanded.setNeedClientAuth(true);
        parameters.setSSLParameters(demanded);
      }
    };
  }

  @Test
  void shouldCallSubjectsByTheStrategyInTheConfiguration() {
    var clock =
        io.quantumtrader.schemas.avro.Clock.newBuilder()
            .setNowMs(1)
            .setStepMs(2)
            .setPartition(0)
            .build();
    String name = "io.quantumtrader.schemas.avro.Clock";
    Map<String, String> strategies =
        Map.of(
            "TopicNameStrategy",
            "t-value",
            "io.confluent.kafka.serializers.subject.RecordNameStrategy",
            name,
            "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
            "t-" + name);
    strategies.forEach(
        (strategy, subject) -> {
          Map<String, Object> settings =
              Map.of(
                  "schema.registry.url",
                  "mock://" + strategy,
                  "value.subject.name.strategy",
                  strategy);
          try (RecordSerdes serdes = new RecordSerdes(settings)) {
            byte[] bytes =
                serdes
                    .of(io.quantumtrader.schemas.avro.Clock.class)
                    .serializer()
                    .serialize("t", clock);
            assertThat(serdes.registry().subjects()).containsExactly(subject);
            assertThat(bytes).startsWith(0, 0, 0, 0, serdes.registry().latest(subject).id());
          }
        });
  }
}
