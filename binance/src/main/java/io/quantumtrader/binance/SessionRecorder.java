package io.quantumtrader.binance;

import java.util.regex.Pattern;

/**
 * Takes down what was asked and answered, so that it can be compared with another exchange later.
 * What it is given is stripped of secrets already. Safe for use by several threads; it never
 * throws.
 */
public interface SessionRecorder extends AutoCloseable {

  /**
   * Takes down a request and its answer.
   *
   * @param account our name of the account
   * @param query without signature
   * @param status HTTP status; 0 where there was no answer
   * @param body as it came, or why there was none
   */
  void answered(String account, String method, String path, String query, int status, String body);

  /** Takes down a message of a stream. */
  void received(String account, String message);

  @Override
  void close();

  /** Returns one that takes nothing down. */
  static SessionRecorder none() {
    return Silent.INSTANCE;
  }

  /** Returns a text without listen keys and signatures. */
  static String strip(String text) {
    return Silent.SECRETS.matcher(text).replaceAll("$1***");
  }

  /** Takes nothing down. */
  enum Silent implements SessionRecorder {
    /** The one there is. */
    INSTANCE;

    private static final Pattern SECRETS =
        Pattern.compile("((?:listenKey|signature)\"?\\s*[=:]\\s*\"?)[^\"&\\s,}]+");

    @Override
    public void answered(
        String account, String method, String path, String query, int status, String body) {}

    @Override
    public void received(String account, String message) {}

    @Override
    public void close() {}
  }
}
