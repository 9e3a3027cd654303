package io.quantumtrader.agents.forecast;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which model it is.
 *
 * @param name what it is called: 1 to 32 of a to z, 0 to 9, underscore and hyphen
 * @param version which of that name: 1 to 32 of the same and dots; of a model in a file the first
 *     twelve hexadecimal digits of the file's SHA-256
 */
public record ModelId(String name, String version) {

  /** The version of a model of which only the name is known. */
  public static final String NO_VERSION = "none";

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");
  private static final Pattern VERSION = Pattern.compile("[a-z0-9_.-]{1,32}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int DIGITS = 12;

  /**
   * Creates the name of a model.
   *
   * @throws IllegalArgumentException if the name or the version has another form
   */
  public ModelId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name of a model must be [a-z0-9_-]{1,32}: " + name);
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "version of model %s must be [a-z0-9_.-]{1,32}: %s".formatted(name, version));
    }
  }

  /**
   * Returns the id of a model in a file.
   *
   * @param sha256 hash of the file, 64 hexadecimal digits
   * @throws IllegalArgumentException if the name or the hash has another form
   */
  public static ModelId ofFile(String name, String sha256) {
    if (!SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal digits: " + sha256);
    }
    return new ModelId(name, sha256.substring(0, DIGITS).toLowerCase(Locale.ROOT));
  }

  /** Returns the id of a model of which only the name is known, as where its file is missing. */
  public static ModelId unversioned(String name) {
    return new ModelId(name, NO_VERSION);
  }

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
