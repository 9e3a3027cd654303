package io.quantumtrader.connectors.redis.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.redis.Records;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final Schema FILL =
      SchemaBuilder.struct().field("price", Schema.FLOAT64_SCHEMA).optional().build();
  private static final Schema POSITION =
      SchemaBuilder.struct()
          .field("symbol", Schema.STRING_SCHEMA)
          .field("side", Schema.STRING_SCHEMA)
          .field("quantity", org.apache.kafka.connect.data.Decimal.schema(18))
          .field("leverage", Schema.INT32_SCHEMA)
          .field("sigma", Schema.FLOAT64_SCHEMA)
          .field("code", Schema.STRING_SCHEMA)
          .field("reason", Schema.OPTIONAL_STRING_SCHEMA)
          .field("flat", Schema.BOOLEAN_SCHEMA)
          .field("notes", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
          .field("fill", FILL)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "value.symbol ~ BTCUSDT",
        "key ~ main:BTCUSDT",
        "topic ~ t",
        "partition ~ 3",
        "offset ~ 42",
        "timestamp ~ 1700000000000",
        "header.trace ~ abc",
        "1 + 2 * 3 ~ 7",
        "(1 + 2) * 3 ~ 9",
        "10 - 2 - 3 ~ 5",
        "7 / 2 ~ 3.5",
        "-value.leverage ~ -5",
        "value.quantity * 2 ~ 0.1",
        "'a' + value.symbol ~ aBTCUSDT",
        "'it''s' ~ it's",
        "value.sigma * 100 ~ 0.123",
        "value.leverage == 5 ~ true",
        "value.leverage == 5.0 ~ true",
        "value.leverage != 5 ~ false",
        "value.side == 'SHORT' ~ true",
        "value.quantity >= 0.05 ~ true",
        "value.quantity > 0.05 ~ false",
        "value.leverage < 6 && value.side == 'LONG' || value.flat == false ~ true",
        "!(value.side == 'LONG') ~ true",
        "value.side in ['LONG', 'SHORT'] ~ true",
        "value.side in [] ~ false",
        "value.leverage in [1, 5.0] ~ true",
        "present(value.reason) ~ false",
        "present(value.nothing) ~ false",
        "present(value.fill.price) ~ false",
        "present(value.symbol) ~ true",
        "filled(value.code) ~ false",
        "filled(value.notes) ~ true",
        "filled(value.symbol) ~ true",
        "if(value.side == 'SHORT', 'S', value.nothing) ~ S",
        "coalesce(value.nothing, value.reason, 'none') ~ none",
        "abs(-3) ~ 3",
        "signed(value.side == 'SHORT', value.quantity) ~ -0.05",
        "signed(value.side == 'LONG', value.quantity) ~ 0.05",
        "part(key, ':', 0) ~ main",
        "part(key, ':', 1) ~ BTCUSDT",
        "part(key, ':', 2) + '.' ~ .",
        "join(value.notes, ',') ~ A,B",
        "size(value.notes) ~ 2",
        "lower(value.symbol) ~ btcusdt",
        "upper('x') ~ X",
        "null == value.reason ~ true",
        "true ~ true"
      })
  void shouldEvaluate(String source, String expected) {
    Object result = parse(source).evaluate(scope());

    assertThat(text(result)).isEqualTo(expected);
  }

  @Test
  void shouldPassNullOnWhereThereIsNothing() {
    assertThat(parse("value.fill.price").evaluate(scope())).isNull();
    assertThat(parse("value.fill.price * 2").evaluate(scope())).isNull();
    assertThat(parse("-value.fill.price").evaluate(scope())).isNull();
    assertThat(parse("abs(value.reason)").evaluate(scope())).isNull();
    assertThat(parse("signed(true, value.reason)").evaluate(scope())).isNull();
    assertThat(parse("coalesce(value.reason)").evaluate(scope())).isNull();
  }

  @Test
  void shouldTurnAListOfNamesAndValuesIntoAMap() {
    // given
    Map<String, Object> value =
        Map.of(
            "numbers",
            List.of(
                Map.of("name", "limit", "value", "10"),
                Map.of("name", "share", "value", "0.30"),
                Map.of("name", "huge", "value", "1e999999999"),
                Map.of("name", "note", "value", "007")));

    // when
    Object map = parse("entries(value.numbers, 'name', 'value')").evaluate(scope(value));

    // then
    assertThat(map)
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
        .containsExactly(
            Map.entry("limit", new BigDecimal("10")),
            Map.entry("share", new BigDecimal("0.30")),
            Map.entry("huge", "1e999999999"),
            Map.entry("note", "007"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "value.nothing ~ missing field 'nothing' in value.nothing",
        "value.symbol.length ~ no field 'length' in a String: value.symbol.length",
        "header.other ~ missing field 'other' in header.other",
        "value.symbol * 2 ~ expected a number, got a String",
        "value.symbol < 2 ~ expected a number, got a String",
        "value.leverage && true ~ expected true or false, got a Integer",
        "!value.reason ~ expected true or false, got null",
        "1 / 0 ~ division by zero",
        "join(value.symbol, ',') ~ expected a list, got a String",
        "size(value.reason) ~ expected a list, got null",
        "lower(value.reason) ~ expected a value, got null"
      })
  void shouldSayWhatIsWrongWithTheRecord(String source, String message) {
    Expression expression = parse(source);

    assertThatThrownBy(() -> expression.evaluate(scope()))
        .isInstanceOf(org.apache.kafka.connect.errors.DataException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "\"\" ~ unexpected 'end' at position 0",
        "value. ~ unexpected 'end' at position 6",
        "value.a b ~ unexpected 'b' at position 8",
        "symbol ~ unknown name 'symbol'; a path begins at key, value",
        "size(value.a ~ expected ')' instead of 'end' at position 12",
        "size() ~ wrong number of arguments for 'size' at position 0",
        "sized(value.a) ~ unknown function 'sized' (known: present,",
        "'abc ~ text without closing quote at position 0",
        "value.a = 1 ~ unexpected '=' at position 8",
        "value.a in ('x') ~ expected '[' instead of '(' at position 11",
        "header ~ header needs a name at position 0",
        "1 + ~ unexpected 'end' at position 3"
      })
  void shouldSayWhereAnExpressionCannotBeRead(String source, String message) {
    assertThatThrownBy(() -> parse(source))
        .isInstanceOf(ExpressionSyntaxException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldTellWhatAnExpressionReads() {
    Expression expression = parse("if(topic == 't', part(key, ':', 0), value.a in [header.x])");

    assertThat(expression.reads(Root.VALUE)).isTrue();
    assertThat(expression.reads(Root.HEADER)).isTrue();
    assertThat(expression.reads(Root.OFFSET)).isFalse();
    assertThat(parse("part(key, ':', 0)").reads(Root.VALUE)).isFalse();
  }

  @Test
  void shouldFillTemplates() {
    Map<String, Expression> definitions = Map.of("account", parse("part(key, ':', 0)"));

    assertThat(template("p:${value.symbol}:${account}", definitions)).isEqualTo("p:BTCUSDT:main");
    assertThat(template("plain", definitions)).isEqualTo("plain");
    assertThat(template("$$${'}'}", definitions)).isEqualTo("$}");
    assertThat(template("${value.quantity}/${value.sigma}", definitions)).isEqualTo("0.05/0.00123");
  }

  @Test
  void shouldRefuseTemplatesWithHoles() {
    Template template = Template.parse("p:${value.reason}", Map.of());

    assertThatThrownBy(() -> template.render(scope()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("a part of \"p:${value.reason}\" is null");
    assertThatThrownBy(() -> Template.parse("p:${value.x", Map.of()))
        .isInstanceOf(ExpressionSyntaxException.class)
        .hasMessageContaining("'${' without '}' at position 2");
  }

  private static String template(String source, Map<String, Expression> definitions) {
    return Template.parse(source, definitions).render(scope());
  }

  private static Expression parse(String source) {
    return ExpressionParser.parse(source, Map.of());
  }

  private static Scope scope() {
    return scope(
        new Struct(POSITION)
            .put("symbol", "BTCUSDT")
            .put("side", "SHORT")
            .put("quantity", new BigDecimal("0.050000000000000000"))
            .put("leverage", 5)
            .put("sigma", 0.00123)
            .put("code", "")
            .put("flat", false)
            .put("notes", List.of("A", "B")));
  }

  private static Scope scope(Object value) {
    SinkRecord record = Records.of("t", 3, 42, "main:BTCUSDT", value);
    record.headers().addString("trace", "abc");
    return new Scope(record);
  }

  private static String text(Object result) {
    return io.quantumtrader.connectors.redis.format.Formats.text(result);
  }
}
