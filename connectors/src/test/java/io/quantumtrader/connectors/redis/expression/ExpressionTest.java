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
import org.junit.jupiter.params.provider.ValueSource;

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
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "value.symbol # BTCUSDT",
        "key # main:BTCUSDT",
        "topic # t",
        "partition # 3",
        "offset # 42",
        "timestamp # 1700000000000",
        "header.trace # abc",
        "1 + 2 * 3 # 7",
        "(1 + 2) * 3 # 9",
        "10 - 2 - 3 # 5",
        "7 / 2 # 3.5",
        "-value.leverage # -5",
        "value.quantity * 2 # 0.1",
        "'a' + value.symbol # aBTCUSDT",
        "'it\\'s' # it's",
        "value.sigma * 100 # 0.123",
        "value.leverage == 5 # true",
        "value.leverage == 5.0 # true",
        "value.leverage != 5 # false",
        "value.side == 'SHORT' # true",
        "value.quantity >= 0.05 # true",
        "value.quantity > 0.05 # false",
        "value.leverage < 6 && value.side == 'LONG' || value.flat == false # true",
        "!(value.side == 'LONG') # true",
        "value.side =~ ['LONG', 'SHORT'] # true",
        "value.side =~ [] # false",
        "value.leverage =~ [1, 5.0] # true",
        "value?.reason != null # false",
        "value?.nothing != null # false",
        "value?.fill?.price != null # false",
        "value?.symbol != null # true",
        "!empty(value?.code) # false",
        "!empty(value?.notes) # true",
        "!empty(value?.symbol) # true",
        "value.side == 'SHORT' ? 'S' : value.nothing # S",
        "value.nothing ?? value.reason ?? 'none' # none",
        "abs(-3) # 3",
        "signed(value.side == 'SHORT', value.quantity) # -0.05",
        "signed(value.side == 'LONG', value.quantity) # 0.05",
        "part(key, ':', 0) # main",
        "part(key, ':', 1) # BTCUSDT",
        "part(key, ':', 2) + '.' # .",
        "join(value.notes, ',') # A,B",
        "size(value.notes) # 2",
        "size(value.reason) # 0",
        "lower(value.symbol) # btcusdt",
        "upper('x') # X",
        "empty(0) # false",
        "empty(value.fill) # true",
        "value.symbol !~ ['ETHUSDT'] # true",
        "value.quantity > 0.04999999999999999 # true",
        "1 / 3 # 0.333333333333333333333333333333333333333333333333333333333333",
        "0.1 + 0.2 # 0.3",
        "value.nothing ?? value.fill.price ?? -1 # -1",
        "null == value.reason # true",
        "true # true"
      })
  void shouldEvaluate(String source, String expected) {
    Object result = parse(source).evaluate(scope());

    assertThat(text(result)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "value['user-id'] # 7",
        "value[\"user-id\"] # 7",
        "value['a b']['c.d'] # deep",
        "value['a b']['items'][1].sku # B",
        "value.tags[0] # x",
        "value.tags[1] # y",
        "value['tags'][size(value.tags) - 1] # y",
        "value.rows[1][0] # 3",
        "value.items[0]['line-no'] # 1",
        "value.byNumber['100'] # hundred",
        "value.byNumber[100] # hundred",
        "value.tags[2] ?? 'none' # none",
        "value.tags[-1] ?? 'none' # none",
        "value?.tags?[5] ?? 'none' # none",
        "value['no-such'] ?? 'none' # none",
        "value.nothing['x'] ?? 'none' # none",
        "header['redis.key.ttl'] # 30",
        "header['ce-type'] # order",
        "header['other'] ?? 'none' # none",
        "value['user-id'] - 2 # 5",
        "value['it\\'s'] # quoted"
      })
  void shouldNameFieldsInBracketsAndItemsByNumber(String source, String expected) {
    assertThat(text(parse(source).evaluate(bracketed()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "value.tags[2] # missing item 2 of a list of 2 items",
        "value.tags[-1] # missing item -1 of a list of 2 items",
        "value.empty[0] # missing item 0 of a list of 0 items",
        "value['no-such'] # missing field 'no-such'",
        "header.redis.key.ttl # missing field 'redis'; a name with dots is written"
            + " header['redis.key.ttl']"
      })
  void shouldTakeAnItemThatIsNotThereForAMissingField(String source, String message) {
    assertThatThrownBy(() -> parse(source).evaluate(bracketed()))
        .isInstanceOf(MissingFieldException.class)
        .hasMessage(message + " in " + source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"value.user-id", "header.ce-type", "value.tags[x]"})
  void shouldSayHowANameWithOtherSignsIsWritten(String source) {
    assertThatThrownBy(() -> parse(source)).hasMessageContaining("value['user-id']");
  }

  private static Scope bracketed() {
    SinkRecord record =
        Records.of(
            "t",
            0,
            0,
            "k",
            Map.of(
                "user-id",
                7,
                "it's",
                "quoted",
                "a b",
                Map.of("c.d", "deep", "items", List.of(Map.of(), Map.of("sku", "B"))),
                "tags",
                List.of("x", "y"),
                "empty",
                List.of(),
                "rows",
                List.of(List.of(1, 2), List.of(3)),
                "items",
                List.of(Map.of("line-no", 1)),
                "byNumber",
                Map.of("100", "hundred")));
    record.headers().addString("redis.key.ttl", "30").addString("ce-type", "order");
    return new Scope(record);
  }

  @Test
  void shouldPassNullOnWhereThereIsNothing() {
    assertThat(parse("value.fill.price").evaluate(scope())).isNull();
    assertThat(parse("value.fill.price * 2").evaluate(scope())).isNull();
    assertThat(parse("-value.fill.price").evaluate(scope())).isNull();
    assertThat(parse("abs(value.reason)").evaluate(scope())).isNull();
    assertThat(parse("signed(true, value.reason)").evaluate(scope())).isNull();
    assertThat(parse("value.reason ?? null").evaluate(scope())).isNull();
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
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "value.nothing # missing field 'nothing'",
        "value.symbol.length # a String has no field 'length'",
        "value.notes.size # a List12 has no field 'size'",
        "header.other # missing field 'other'",
        "value.symbol * 2 # expected a number, got a String",
        "value.symbol < 2 # expected a number, got a String",
        "value.reason < 2 # expected a number, got null",
        "1 >= value.reason # expected a number, got null",
        "value.leverage && true # expected true or false, got a Integer",
        "value.leverage ? 1 : 2 # expected true or false, got a Integer",
        "!value.reason # expected true or false, got null",
        "1 / 0 # division by zero",
        "value.side =~ value.symbol # expected a list, got a String",
        "value.side =~ 'SHO.*' # expected a list, got a Pattern",
        "join(value.symbol, ',') # expected a list, got a String",
        "size(value.symbol) # expected a list, got a String",
        "size(value.nothing) # missing field 'nothing'",
        "empty(value.nothing) # missing field 'nothing'",
        "lower(value.reason) # expected a value, got null"
      })
  void shouldSayWhatIsWrongWithTheRecord(String source, String message) {
    Expression expression = parse(source);

    assertThatThrownBy(() -> expression.evaluate(scope()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(message + " in " + source);
  }

  @Test
  void shouldSayInWhichDefinitionTheRecordIsWrong() {
    Map<String, Expression> definitions = Map.of("a", parse("value.nothing"));
    Expression guarded = Expression.parse("a ?? 2", definitions);

    assertThatThrownBy(() -> guarded.evaluate(scope()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("missing field 'nothing' in value.nothing");
  }

  @Test
  void shouldSayWhatIsNoCondition() {
    Expression leverage = parse("value.leverage");

    assertThatThrownBy(() -> leverage.holds(scope()))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("expected true or false, got a Integer in value.leverage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "\"\" # nothing is there at column 1",
        "value. # parsing error in '.' at column 6",
        "value.a b # parsing error in 'b' at column 9",
        "symbol # unknown name 'symbol'; a path begins at key, value",
        "join(value.a # parsing error in 'a' at column 12",
        "join(value.a) # wrong number of arguments for 'join' at column 5",
        "sized(value.a) # unknown function 'sized' (known: abs, entries, join,",
        "'abc # tokenization error in ''abc' at column 5",
        "1 + # parsing error in '+' at column 3"
      })
  void shouldSayWhereAnExpressionCannotBeRead(String source, String message) {
    assertThatThrownBy(() -> parse(source))
        .isInstanceOf(ExpressionSyntaxException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value.symbol.length()",
        "''.class.forName('java.lang.Runtime')",
        "new('java.lang.String')",
        "new java.lang.String('a')",
        "value.symbol = 'x'",
        "var x = 1",
        "() -> 1",
        "while (true) {}",
        "for (x : value.notes) {}",
        "1; 2",
        "#pragma jexl.import java.lang",
        "system:exit(1)",
        "Math.abs(1)",
        "java.lang.Math.PI"
      })
  void shouldBeExpressionsOnly(String source) {
    assertThatThrownBy(() -> parse(source)).isInstanceOf(ExpressionSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"value.symbol.class", "value.schema", "value.notes.class", "topic.bytes"})
  void shouldReachNoGetters(String source) {
    Expression expression = parse(source);

    assertThatThrownBy(() -> expression.evaluate(scope())).isInstanceOf(EvaluationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"value", "join", "null", "true", "if", "empty", "size", "new", "a b", "1"})
  void shouldNotDefineWhatHasAMeaning(String name) {
    assertThat(Expression.isDefinable(name)).isFalse();
    assertThat(Expression.isDefinable("a1")).isTrue();
  }

  @Test
  void shouldTellWhatAnExpressionReads() {
    Expression expression = parse("topic == 't' ? part(key, ':', 0) : value.a =~ [header.x]");

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
        .hasMessageContaining("'${' without '}' at column 3");
  }

  private static String template(String source, Map<String, Expression> definitions) {
    return Template.parse(source, definitions).render(scope());
  }

  private static Expression parse(String source) {
    return Expression.parse(source, Map.of());
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
