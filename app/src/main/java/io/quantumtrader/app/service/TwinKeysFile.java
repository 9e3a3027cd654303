package io.quantumtrader.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.execution.twin.TwinAccount;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * The keys of a twin's accounts, under the names that the adapter reads. They are made once and
 * kept, so that what trades there goes on after a restart of the twin. What stands in the file
 * already is never changed: it may be the only copy of a key.
 */
final class TwinKeysFile {

  private static final int BYTES = 32;
  private static final String PREFIX = "QUANTUM_BINANCE_";
  private static final String FIRST_LINE =
      "# Keys of a twin of the exchange; worth nothing elsewhere.\n";

  private final Path file;

  TwinKeysFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the accounts with the keys in the file; what is missing is made up and added there, all
   * of it or, where that fails, nothing.
   *
   * @throws CommandFailure if the file cannot be read or written, is of another kind, or has only
   *     half of a key or an Ed25519 key
   */
  List<TwinAccount> accounts(List<String> names, BigDecimal wallet) {
    try {
      String text = Files.exists(file) ? Files.readString(file, UTF_8) : FIRST_LINE;
      Properties kept = read(text);
      StringBuilder added = new StringBuilder();
      List<TwinAccount> accounts = new ArrayList<>();
      for (String name : names) {
        String prefix = prefix(kept, name);
        if (isFree(kept, prefix)) {
          add(kept, added, prefix + "KEY");
          add(kept, added, prefix + "SECRET");
        }
        String secret = secret(kept, prefix);
        String key = kept.getProperty(prefix + "KEY").strip();
        accounts.add(TwinAccount.hmac(name, key, secret, wallet.toPlainString()));
      }
      if (!added.isEmpty()) {
        write(text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + added);
      }
      return accounts;
    } catch (IOException e) {
      throw new CommandFailure("--keys: cannot read or write " + file, e);
    }
  }

  private Properties read(String text) throws IOException {
    Properties kept = new Properties();
    try {
      kept.load(new StringReader(text));
    } catch (IllegalArgumentException hidden) {
      // The message may quote the line with the secret.
      throw otherwise("it is no file of properties");
    }
    if (kept.stringPropertyNames().stream().anyMatch(name -> !name.startsWith(PREFIX))) {
      throw otherwise("it has something else than " + PREFIX + "... in it");
    }
    return kept;
  }

  /** Returns what the names of an account's key begin with; main's may go without its own name. */
  private static String prefix(Properties kept, String account) {
    String named = PREFIX + account.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    boolean plain = account.equals("main") && isFree(kept, named) && !isFree(kept, PREFIX);
    return plain ? PREFIX : named;
  }

  private static boolean isFree(Properties kept, String prefix) {
    return List.of("KEY", "SECRET", "SECRET_FILE", "PRIVATE_KEY_FILE").stream()
        .noneMatch(part -> has(kept, prefix + part));
  }

  private static boolean has(Properties kept, String name) {
    return !kept.getProperty(name, "").isBlank();
  }

  private String secret(Properties kept, String prefix) throws IOException {
    if (has(kept, prefix + "PRIVATE_KEY_FILE")) {
      throw otherwise(prefix + "PRIVATE_KEY_FILE is an Ed25519 key; the twin makes HMAC keys");
    }
    boolean here = has(kept, prefix + "SECRET");
    if (!has(kept, prefix + "KEY") || here == has(kept, prefix + "SECRET_FILE")) {
      throw otherwise("set %sKEY and one of %<sSECRET and %<sSECRET_FILE".formatted(prefix));
    }
    return here
        ? kept.getProperty(prefix + "SECRET").strip()
        : Files.readString(Path.of(kept.getProperty(prefix + "SECRET_FILE")), UTF_8).strip();
  }

  private CommandFailure otherwise(String why) {
    return new CommandFailure(
        "--keys: "
            + file
            + " cannot hold the keys of a twin: "
            + why
            + ". Name a file that does not exist yet.",
        null);
  }

  private static void add(Properties kept, StringBuilder added, String name) {
    String made = random();
    kept.setProperty(name, made);
    added.append(name).append('=').append(made).append('\n');
  }

  /** Writes beside the file and puts that in its place, so that no moment sees half of it. */
  private void write(String text) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path fresh = Files.createTempFile(target.getParent(), target.getFileName() + ".", "", mine());
    try {
      Files.writeString(fresh, text, UTF_8);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private FileAttribute<?>[] mine() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
