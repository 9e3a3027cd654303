package io.quantumtrader.topology.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Cuts texts that came from outside, so that what is made of them can be written and kept. */
public final class Texts {

  /** Most characters of an id that is kept as it is. */
  public static final int MAX_ID = 256;

  private static final int KEPT_OF_ID = 64;

  private Texts() {}

  /**
   * Returns an id, or what stands for one that is too long: its beginning, and the hash of all of
   * it, so that two that differ stay two.
   */
  public static String id(String id) {
    if (id.length() <= MAX_ID) {
      return id;
    }
    return id.substring(0, KEPT_OF_ID) + "~" + sha256(id);
  }

  /** Returns a text, or its beginning and how long it was. */
  public static String cut(String text, int most) {
    return text.length() <= most
        ? text
        : text.substring(0, most) + "... (" + text.length() + " characters)";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
