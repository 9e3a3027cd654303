package io.quantumtrader.schemas.topic;

/**
 * What a symbol is: what the exchange lists, and so letters and digits of any script and
 * underscores, 1 to {@value #LONGEST} code points, for example {@code BTCUSDT}, {@code
 * BTCUSDT_260327} or {@code 币安人生USDT}. Everything that enters the pipeline is checked here.
 *
 * <p>A letter that has a case is upper case: no exchange lists another, and one contract in two
 * spellings would be two positions. What separates parts of keys (colon, bar, comma, blank) is no
 * letter, so a key can always be taken apart.
 */
public final class Symbols {

  /** Most code points of a symbol. */
  public static final int LONGEST = 32;

  /** What a symbol is, for messages that refuse something else. */
  public static final String RULE =
      "1 to " + LONGEST + " letters (upper case where they have one), digits and underscores";

  private Symbols() {}

  /** Returns whether the text is a symbol. */
  public static boolean isSymbol(CharSequence text) {
    if (text == null || text.isEmpty()) {
      return false;
    }
    int count = 0;
    for (int at = 0; at < text.length(); count++) {
      int codePoint = Character.codePointAt(text, at);
      if (count == LONGEST || !isPart(codePoint)) {
        return false;
      }
      at += Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isPart(int codePoint) {
    return codePoint == '_'
        || (Character.isLetterOrDigit(codePoint)
            && !Character.isLowerCase(codePoint)
            && !Character.isTitleCase(codePoint));
  }
}
