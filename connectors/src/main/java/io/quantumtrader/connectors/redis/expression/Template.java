package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.format.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Text with expressions in it: {@code position:ledger:${value.symbol}}. A dollar sign that is meant
 * as such is doubled.
 */
public final class Template {

  private final String source;
  private final List<String> texts;
  private final List<Expression> parts;

  private Template(String source, List<String> texts, List<Expression> parts) {
    this.source = source;
    this.texts = List.copyOf(texts);
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws ExpressionSyntaxException if an expression in it cannot be read or is not closed
   */
  public static Template parse(String source, Map<String, Expression> definitions) {
    List<String> texts = new ArrayList<>();
    List<Expression> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int position = 0;
    while (position < source.length()) {
      if (source.startsWith("$$", position)) {
        plain.append('$');
        position += 2;
      } else if (source.startsWith("${", position)) {
        int close = closingBrace(source, position);
        texts.add(plain.toString());
        plain.setLength(0);
        parts.add(Expression.parse(source.substring(position + 2, close), definitions));
        position = close + 1;
      } else {
        plain.append(source.charAt(position++));
      }
    }
    texts.add(plain.toString());
    return new Template(source, texts, parts);
  }

  /**
   * Returns the text for a record.
   *
   * @throws EvaluationException if a part is missing or null
   */
  public String render(Scope scope) {
    StringBuilder text = new StringBuilder(48).append(texts.getFirst());
    for (int i = 0; i < parts.size(); i++) {
      Object value = parts.get(i).evaluate(scope);
      if (value == null) {
        throw new EvaluationException("a part of \"" + source + "\" is null");
      }
      text.append(Formats.text(value)).append(texts.get(i + 1));
    }
    return text.toString();
  }

  /** Returns whether any expression in it begins at this root. */
  public boolean reads(Root root) {
    return parts.stream().anyMatch(part -> part.reads(root));
  }

  /** Returns the template as it was written. */
  @Override
  public String toString() {
    return source;
  }

  private static int closingBrace(String source, int open) {
    boolean quoted = false;
    for (int i = open + 2; i < source.length(); i++) {
      char character = source.charAt(i);
      if (character == '\'') {
        quoted = !quoted;
      } else if (character == '}' && !quoted) {
        return i;
      }
    }
    throw new ExpressionSyntaxException("'${' without '}'", source, open + 1);
  }
}
