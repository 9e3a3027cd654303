package io.quantumtrader.connectors.redis.write;

import io.lettuce.core.SslOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Certificates for TLS. The server's name is always held against its certificate.
 *
 * @param trust whom we believe; none: the authorities that Java believes
 * @param identity who we are, for servers that ask; none: nobody
 */
public record Tls(Store trust, Store identity) {

  /** PEM text in place of a Java key store. */
  public static final String PEM = "PEM";

  /** The authorities that Java believes, and no certificate of our own. */
  public static final Tls DEFAULT = new Tls(Store.NONE, Store.NONE);

  /**
   * A file with certificates or keys.
   *
   * @param setting what the settings of it begin with, for messages
   * @param location path of the file, empty for none
   * @param password opens the file, and the key where that has none of its own; empty for none
   * @param type PKCS12, JKS or PEM; a PEM file with a key holds the certificates, too
   * @param keyPassword opens the key, empty where it is the file's
   */
  public record Store(
      String setting, String location, Password password, String type, Password keyPassword) {

    /** No file. */
    public static final Store NONE =
        new Store("", "", new Password(""), "PKCS12", new Password(""));

    boolean isGiven() {
      return !location.isEmpty();
    }

    private boolean isPem() {
      return type.toUpperCase(Locale.ROOT).equals(PEM);
    }

    private char[] secret() {
      return password.value().toCharArray();
    }

    private char[] keySecret() {
      return keyPassword.value().isEmpty() ? secret() : keyPassword.value().toCharArray();
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
      KeyStore store = KeyStore.getInstance(type);
      try (InputStream in = Files.newInputStream(Path.of(location))) {
        store.load(in, password.value().isEmpty() ? null : secret());
      }
      return store;
    }
  }

  /**
   * Returns the certificates as the client takes them.
   *
   * @throws ConfigException if a file cannot be read or opened; the message names its settings
   */
  public SslOptions toOptions() {
    SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
    if (trust.isGiven()) {
      read(trust, () -> addTrust(options));
    }
    if (identity.isGiven()) {
      read(identity, () -> addIdentity(options));
    }
    return options.build();
  }

  private void addTrust(SslOptions.Builder options) throws IOException, GeneralSecurityException {
    if (trust.isPem()) {
      options.trustManager(readable(trust));
      return;
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust.open());
    options.trustManager(trusted);
  }

  private void addIdentity(SslOptions.Builder options)
      throws IOException, GeneralSecurityException {
    if (identity.isPem()) {
      char[] secret = identity.keySecret().length == 0 ? null : identity.keySecret();
      options.keyManager(readable(identity), readable(identity), secret);
      return;
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity.open(), identity.keySecret());
    options.keyManager(keys);
  }

  private static File readable(Store store) throws IOException {
    Path path = Path.of(store.location());
    if (!Files.isReadable(path)) {
      throw new IOException("no such file");
    }
    return path.toFile();
  }

  private static void read(Store store, Reading reading) {
    try {
      reading.run();
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new ConfigException(
          store.setting()
              + ".location "
              + store.location()
              + " cannot be read as "
              + store.type()
              + " ("
              + unreadable.getMessage()
              + "): check it, "
              + store.setting()
              + ".type and "
              + store.setting()
              + ".password");
    }
  }

  private interface Reading {
    void run() throws IOException, GeneralSecurityException;
  }
}
