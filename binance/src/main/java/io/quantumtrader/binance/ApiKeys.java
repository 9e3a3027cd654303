package io.quantumtrader.binance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Where the keys of accounts come from: the environment, or a file of properties with the same
 * names, which {@code QUANTUM_BINANCE_KEYS_FILE} names. Of both the environment wins. Never from
 * arguments, which everybody on the machine can read.
 *
 * <p>For an account {@code desk-2}: {@code QUANTUM_BINANCE_DESK_2_KEY}, and one of {@code _SECRET},
 * {@code _SECRET_FILE}, {@code _PRIVATE_KEY_FILE} (Ed25519). The account {@code main} has the names
 * without an account too: {@code QUANTUM_BINANCE_KEY} and so on.
 */
public final class ApiKeys {

  /** Names the file of properties. */
  public static final String FILE = "QUANTUM_BINANCE_KEYS_FILE";

  private static final String PREFIX = "QUANTUM_BINANCE_";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Map<String, String> settings;
  private final List<String> complaints = new ArrayList<>();

  private ApiKeys(Map<String, String> settings) {
    this.settings = settings;
  }

  /**
   * Reads the settings.
   *
   * @param environment as {@link System#getenv()}
   * @throws IllegalArgumentException where the file of properties cannot be read; the message names
   *     the file
   */
  public static ApiKeys from(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>();
    ApiKeys keys = new ApiKeys(settings);
    String file = environment.getOrDefault(FILE, "");
    if (!file.isEmpty()) {
      Properties properties = new Properties();
      try {
        properties.load(new StringReader(keys.read(file)));
      } catch (IOException | IllegalArgumentException hidden) {
        // The message may quote the line with the secret.
        throw new IllegalArgumentException("cannot read the keys in " + file);
      }
      properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            settings.put(name, value);
          }
        });
    return keys;
  }

  /**
   * Returns the key of an account, or empty where none is set.
   *
   * @throws IllegalArgumentException where only half of one is set, or it cannot be read; the
   *     message names the setting, never its value
   */
  public Optional<ApiKey> of(String account) {
    Optional<String> prefix = prefix(account);
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    String id = setting(prefix.get() + "KEY").orElseThrow();
    return Optional.of(new ApiKey(account, id.strip(), signer(prefix.get())));
  }

  /** Returns what is wrong with how the keys are kept, each a sentence that names a file. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  private Optional<String> prefix(String account) {
    String named = PREFIX + account.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    if (setting(named + "KEY").isPresent()) {
      return Optional.of(named);
    }
    boolean plain = account.equals("main") && setting(PREFIX + "KEY").isPresent();
    return plain ? Optional.of(PREFIX) : Optional.empty();
  }

  private Signer signer(String prefix) {
    Optional<String> secret = setting(prefix + "SECRET");
    Optional<String> secretFile = setting(prefix + "SECRET_FILE");
    Optional<String> pemFile = setting(prefix + "PRIVATE_KEY_FILE");
    long given = List.of(secret, secretFile, pemFile).stream().filter(Optional::isPresent).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "set one of %sSECRET, %sSECRET_FILE and %sPRIVATE_KEY_FILE; %d are set"
              .formatted(prefix, prefix, prefix, given));
    }
    if (pemFile.isPresent()) {
      return Signer.ed25519(contents(pemFile.get()));
    }
    return Signer.hmac(secret.orElseGet(() -> contents(secretFile.orElseThrow())).strip());
  }

  private Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank());
  }

  private String contents(String file) {
    try {
      return read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read " + file + ": " + e.getClass().getSimpleName());
    }
  }

  private String read(String file) throws IOException {
    Path path = Path.of(file);
    String text = Files.readString(path, UTF_8);
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(path);
      if (granted.stream().anyMatch(OTHERS::contains)) {
        complaints.add("others than its owner can read or write " + file + ": chmod 600 " + file);
      }
    }
    return text;
  }

  @Override
  public String toString() {
    return "ApiKeys";
  }
}
