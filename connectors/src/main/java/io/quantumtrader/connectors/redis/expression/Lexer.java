package io.quantumtrader.connectors.redis.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. */
final class Lexer {

  /** What a token is. */
  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  /**
   * One token.
   *
   * @param kind what it is
   * @param text name or symbol
   * @param value value of a number or text
   * @param position where it begins, counted from 0
   */
  record Token(Kind kind, String text, Object value, int position) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  private static final List<String> TWO_CHARACTER_SYMBOLS =
      List.of("==", "!=", "<=", ">=", "&&", "||");
  private static final String ONE_CHARACTER_SYMBOLS = "().,[]+-*/<>!";

  private final String source;
  private int position;

  Lexer(String source) {
    this.source = source;
  }

  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = next();
      tokens.add(token);
    } while (token.kind() != Kind.END);
    return tokens;
  }

  private Token next() {
    while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
      position++;
    }
    if (position == source.length()) {
      return new Token(Kind.END, "end", null, position);
    }
    char first = source.charAt(position);
    if (first == '\'') {
      return text();
    }
    if (first >= '0' && first <= '9') {
      return number();
    }
    return isNameStart(first) ? name() : symbol();
  }

  private Token text() {
    int start = position++;
    StringBuilder text = new StringBuilder();
    while (position < source.length()) {
      char character = source.charAt(position++);
      if (character != '\'') {
        text.append(character);
      } else if (position < source.length() && source.charAt(position) == '\'') {
        text.append('\'');
        position++;
      } else {
        return new Token(Kind.TEXT, text.toString(), text.toString(), start);
      }
    }
    throw new ExpressionSyntaxException("text without closing quote", source, start);
  }

  private Token number() {
    int start = position;
    skipDigits();
    boolean fraction =
        position + 1 < source.length()
            && source.charAt(position) == '.'
            && isDigit(source.charAt(position + 1));
    if (fraction) {
      position++;
      skipDigits();
    }
    String text = source.substring(start, position);
    return new Token(Kind.NUMBER, text, new BigDecimal(text), start);
  }

  private void skipDigits() {
    while (position < source.length() && isDigit(source.charAt(position))) {
      position++;
    }
  }

  private Token name() {
    int start = position;
    while (position < source.length() && isNamePart(source.charAt(position))) {
      position++;
    }
    String name = source.substring(start, position);
    return new Token(Kind.NAME, name, null, start);
  }

  private Token symbol() {
    int start = position;
    for (String symbol : TWO_CHARACTER_SYMBOLS) {
      if (source.startsWith(symbol, position)) {
        position += 2;
        return new Token(Kind.SYMBOL, symbol, null, start);
      }
    }
    char character = source.charAt(position);
    if (ONE_CHARACTER_SYMBOLS.indexOf(character) < 0) {
      throw new ExpressionSyntaxException("unexpected '" + character + "'", source, position);
    }
    position++;
    return new Token(Kind.SYMBOL, String.valueOf(character), null, start);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isNameStart(char character) {
    return Character.isLetter(character) || character == '_';
  }

  private static boolean isNamePart(char character) {
    return isNameStart(character) || isDigit(character);
  }
}
