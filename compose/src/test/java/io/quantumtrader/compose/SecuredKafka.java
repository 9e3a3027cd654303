package io.quantumtrader.compose;

import io.quantumtrader.app.access.Right;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker that speaks TLS, asks everybody who he is, and lets users do what they were granted; it
 * remembers what they asked for. Only {@link #ADMIN} may do everything.
 */
public final class SecuredKafka implements AutoCloseable {

  /** Who may do everything. */
  public static final String ADMIN = "admin";

  private static final String PASSWORD = "store-word";

  private final Path directory;
  private final EmbeddedKafka broker;
  private final Path store;

  private SecuredKafka(Path directory, EmbeddedKafka broker, Path store) {
    this.directory = directory;
    this.broker = broker;
    this.store = store;
  }

  /**
   * Starts one.
   *
   * @param users those besides the administrator, who may do nothing yet
   */
  public static SecuredKafka start(Path directory, Collection<String> users) throws Exception {
    AskedRights.forget();
    Path store = key(directory.resolve("broker.p12"));
    StringBuilder login = new StringBuilder(login(ADMIN));
    login.setLength(login.length() - 1);
    login.append(" user_%s=\"%s\"".formatted(ADMIN, password(ADMIN)));
    users.forEach(user -> login.append(" user_%s=\"%s\"".formatted(user, password(user))));
    login.append(';');
    String clients = "listener.name." + EmbeddedKafka.CLIENTS.toLowerCase(Locale.ROOT);
    Map<String, String> settings = new HashMap<>(trust(store));
    settings.putAll(
        Map.of(
            "listener.security.protocol.map",
            EmbeddedKafka.CLIENTS + ":SASL_SSL,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms",
            "PLAIN",
            "sasl.mechanism.inter.broker.protocol",
            "PLAIN",
            clients + ".plain.sasl.jaas.config",
            login.toString(),
            "ssl.keystore.location",
            store.toString(),
            "ssl.keystore.password",
            PASSWORD,
            "ssl.keystore.type",
            "PKCS12",
            "authorizer.class.name",
            AskedRights.class.getName(),
            // The controller is asked by the broker alone, on a port that nobody knows.
            "super.users",
            "User:ANONYMOUS;User:" + ADMIN));
    EmbeddedKafka broker =
        EmbeddedKafka.start(Files.createDirectories(directory.resolve("kafka")), 0, settings);
    return new SecuredKafka(directory, broker, store);
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Returns the settings with which a user gets in. */
  public Map<String, String> settings(String user) {
    Map<String, String> settings = new TreeMap<>(trust(store));
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put("sasl.jaas.config", login(user));
    return settings;
  }

  /** Writes a file with the settings with which a user gets in, and more. */
  public Path file(String user, Map<String, String> more) throws IOException {
    Properties all = new Properties();
    all.putAll(settings(user));
    all.putAll(more);
    Path file = directory.resolve(user + ".properties");
    try (var out = Files.newOutputStream(file)) {
      all.store(out, null);
    }
    return file;
  }

  /** Returns a client of the administrator's, which the caller closes. */
  public Admin admin() {
    Map<String, Object> settings = new HashMap<>(settings(ADMIN));
    settings.put("bootstrap.servers", bootstrapServers());
    return Admin.create(settings);
  }

  /** Lets a user do these. */
  public void grant(String user, List<Right> rights)
      throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = admin()) {
      admin
          .createAcls(
              rights.stream().flatMap(right -> right.bindings("User:" + user).stream()).toList())
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static Map<String, String> trust(Path store) {
    return Map.of(
        "ssl.truststore.location",
        store.toString(),
        "ssl.truststore.password",
        PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  private static String login(String user) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required"
        + " username=\"%s\" password=\"%s\";".formatted(user, password(user));
  }

  private static String password(String user) {
    return "word-of-" + user;
  }

  /** A key with a certificate that it signed itself, which serves as what to trust, too. */
  private static Path key(Path file) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:" + Loopback.HOST,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
    return file;
  }

  @Override
  public void close() {
    broker.close();
  }
}
