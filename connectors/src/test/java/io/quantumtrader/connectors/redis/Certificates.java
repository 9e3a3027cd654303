package io.quantumtrader.connectors.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Keys and certificates made for one test with the JDK's keytool. */
final class Certificates {

  static final String PASSWORD = "store-word";

  private final Path directory;

  Certificates(Path directory) {
    this.directory = directory;
  }

  /** Makes a key with a certificate signed by itself for a host name, in a PKCS12 file. */
  Path make(String name, String host) throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".p12");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process keytool =
        new ProcessBuilder(
                tool.toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + host,
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

  /** Writes the certificate of a key alone into a PKCS12 file. */
  Path trust(String name) throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(name, certificate(name));
    Path file = directory.resolve(name + "-trust.p12");
    try (var out = Files.newOutputStream(file)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** Writes the certificate of a key as PEM. */
  Path certificatePem(String name) throws IOException, GeneralSecurityException {
    return Files.writeString(
        directory.resolve(name + "-certificate.pem"),
        pem("CERTIFICATE", certificate(name).getEncoded()));
  }

  /** Writes a key as PEM. */
  Path keyPem(String name) throws IOException, GeneralSecurityException {
    return Files.writeString(directory.resolve(name + "-key.pem"), pem("PRIVATE KEY", key(name)));
  }

  /** Writes certificate and key as one PEM file. */
  Path bothPem(String name) throws IOException, GeneralSecurityException {
    return Files.writeString(
        directory.resolve(name + ".pem"),
        pem("CERTIFICATE", certificate(name).getEncoded()) + pem("PRIVATE KEY", key(name)));
  }

  private Certificate certificate(String name) throws IOException, GeneralSecurityException {
    return open(name).getCertificate(name);
  }

  private byte[] key(String name) throws IOException, GeneralSecurityException {
    Key key = open(name).getKey(name, PASSWORD.toCharArray());
    return key.getEncoded();
  }

  private KeyStore open(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(String label, byte[] content) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
