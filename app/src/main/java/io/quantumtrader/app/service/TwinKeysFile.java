package io.quantumtrader.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.execution.twin.TwinAccount;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * kept, so that what trades there goes on after a restart of the twin.
 */
final class TwinKeysFile {

  private static final int BYTES = 32;

  private final Path file;

  TwinKeysFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the accounts with the keys in the file; what is missing is made up and written there.
   *
   * @throws CommandFailure if the file cannot be read or written
   */
  List<TwinAccount> accounts(List<String> names, BigDecimal wallet) {
    try {
      Properties kept = read();
      boolean complete = true;
      List<TwinAccount> accounts = new ArrayList<>();
      for (String name : names) {
        String prefix = "QUANTUM_BINANCE_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        complete &= kept.containsKey(prefix + "KEY") && kept.containsKey(prefix + "SECRET");
        String key = (String) kept.computeIfAbsent(prefix + "KEY", absent -> random());
        String secret = (String) kept.computeIfAbsent(prefix + "SECRET", absent -> random());
        accounts.add(TwinAccount.hmac(name, key, secret, wallet.toPlainString()));
      }
      if (!complete) {
        write(kept);
      }
      return accounts;
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure("--keys: cannot read or write " + file, e);
    }
  }

  private Properties read() throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
        kept.load(reader);
      }
    }
    return kept;
  }

  private void write(Properties keys) throws IOException {
    StringBuilder text =
        new StringBuilder("# Keys of a twin of the exchange; worth nothing elsewhere.\n");
    keys.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> text.append(name).append('=').append(keys.getProperty(name)).append('\n'));
    if (Files.exists(file)) {
      Files.writeString(file, text, UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
      return;
    }
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mine =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, mine);
    Files.writeString(file, text, UTF_8);
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
