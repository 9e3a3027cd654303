package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.expression.Lexer.Kind;
import io.quantumtrader.connectors.redis.expression.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads expressions.
 *
 * <p>Loosest first: {@code ||}, {@code &&}, comparison ({@code == != < <= > >=} and {@code in ['A',
 * 'B']}), {@code + -}, {@code * /}, {@code ! -}. Operands are numbers, {@code 'text'} (a quote
 * inside is doubled), {@code true}, {@code false}, {@code null}, paths that begin at key, value,
 * header, topic, partition, offset or timestamp, names the mapping defines, and calls of {@link
 * Function}s.
 */
public final class ExpressionParser {

  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private final String source;
  private final Map<String, Expression> definitions;
  private final List<Token> tokens;
  private int next;

  private ExpressionParser(String source, Map<String, Expression> definitions) {
    this.source = source;
    this.definitions = definitions;
    this.tokens = new Lexer(source).tokens();
  }

  /**
   * Reads an expression.
   *
   * @param source its text
   * @param definitions named expressions it may use
   * @throws ExpressionSyntaxException if it cannot be read
   */
  public static Expression parse(String source, Map<String, Expression> definitions) {
    ExpressionParser parser = new ExpressionParser(source, definitions);
    Expression expression = parser.disjunction();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected(parser.peek());
    }
    return expression;
  }

  /** Returns whether a name can be defined: a word that is no root, function or constant. */
  public static boolean isDefinable(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*")
        && Root.named(name).isEmpty()
        && Function.named(name).isEmpty()
        && !List.of("true", "false", "null", "in").contains(name);
  }

  private Expression disjunction() {
    Expression left = conjunction();
    while (accept("||")) {
      left = new Expression.Logic(false, left, conjunction());
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = comparison();
    while (accept("&&")) {
      left = new Expression.Logic(true, left, comparison());
    }
    return left;
  }

  private Expression comparison() {
    Expression left = sum();
    Token operator = peek();
    if (operator.kind() == Kind.SYMBOL && COMPARISONS.contains(operator.text())) {
      next++;
      return new Expression.Comparison(operator.text(), left, sum());
    }
    if (operator.kind() == Kind.NAME && operator.text().equals("in")) {
      next++;
      expect("[");
      return new Expression.In(left, sequence("]"));
    }
    return left;
  }

  private Expression sum() {
    Expression left = product();
    while (peek().is("+") || peek().is("-")) {
      char operator = take().text().charAt(0);
      left = new Expression.Arithmetic(operator, left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = unary();
    while (peek().is("*") || peek().is("/")) {
      char operator = take().text().charAt(0);
      left = new Expression.Arithmetic(operator, left, unary());
    }
    return left;
  }

  private Expression unary() {
    if (accept("!")) {
      return new Expression.Not(unary());
    }
    if (accept("-")) {
      return new Expression.Negation(unary());
    }
    return operand();
  }

  private Expression operand() {
    Token token = take();
    return switch (token.kind()) {
      case NUMBER, TEXT -> new Expression.Literal(token.value());
      case NAME -> named(token);
      case SYMBOL -> {
        if (!token.is("(")) {
          throw unexpected(token);
        }
        Expression inner = disjunction();
        expect(")");
        yield inner;
      }
      case END -> throw unexpected(token);
    };
  }

  private Expression named(Token name) {
    if (accept("(")) {
      return call(name);
    }
    return switch (name.text()) {
      case "true" -> new Expression.Literal(true);
      case "false" -> new Expression.Literal(false);
      case "null" -> new Expression.Literal(null);
      default -> pathOrDefinition(name);
    };
  }

  private Expression call(Token name) {
    Function function =
        Function.named(name.text())
            .orElseThrow(
                () ->
                    new ExpressionSyntaxException(
                        "unknown function '" + name.text() + "' (known: " + Function.names() + ")",
                        source,
                        name.position()));
    List<Expression> arguments = sequence(")");
    if (!function.takes(arguments.size())) {
      throw new ExpressionSyntaxException(
          "wrong number of arguments for '" + name.text() + "'", source, name.position());
    }
    return new Expression.Call(function, arguments);
  }

  private Expression pathOrDefinition(Token name) {
    Expression definition = definitions.get(name.text());
    if (definition != null) {
      return definition;
    }
    Root root = Root.named(name.text()).orElseThrow(() -> unknown(name));
    List<String> names = new ArrayList<>();
    while (accept(".")) {
      Token field = take();
      if (field.kind() != Kind.NAME) {
        throw unexpected(field);
      }
      names.add(field.text());
    }
    if (root == Root.HEADER && names.isEmpty()) {
      throw new ExpressionSyntaxException("header needs a name", source, name.position());
    }
    return new Expression.Path(root, List.copyOf(names));
  }

  private List<Expression> sequence(String close) {
    List<Expression> items = new ArrayList<>();
    if (accept(close)) {
      return items;
    }
    do {
      items.add(disjunction());
    } while (accept(","));
    expect(close);
    return List.copyOf(items);
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  private boolean accept(String symbol) {
    if (!peek().is(symbol)) {
      return false;
    }
    next++;
    return true;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw new ExpressionSyntaxException(
          "expected '" + symbol + "' instead of '" + peek().text() + "'",
          source,
          peek().position());
    }
  }

  private ExpressionSyntaxException unexpected(Token token) {
    return new ExpressionSyntaxException(
        "unexpected '" + token.text() + "'", source, token.position());
  }

  private ExpressionSyntaxException unknown(Token name) {
    return new ExpressionSyntaxException(
        "unknown name '"
            + name.text()
            + "'; a path begins at key, value, header, topic,"
            + " partition, offset or timestamp, put text in single quotes",
        source,
        name.position());
  }
}
