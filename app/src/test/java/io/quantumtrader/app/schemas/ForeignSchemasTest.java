package io.quantumtrader.app.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code schemas check} says of schemas as other people write them. */
final class ForeignSchemasTest {

  @TempDir private Path directory;

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static String record(String name, String... fields) {
    return "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"shop\",\"fields\":[%s]}"
        .formatted(name, String.join(",", fields));
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  private static CommandRun check(Path path, Object... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("schemas", "check", "--path", path), Stream.of(more)).toArray());
  }

  private static CommandRun checkCase(String name) throws URISyntaxException {
    return check(
        Path.of(ForeignSchemasTest.class.getResource("/schemas-of-others/" + name).toURI()));
  }

  @Test
  void shouldRefuseADefaultThatIsNotOfTheFirstBranch() throws Exception {
    CommandRun run = checkCase("default-of-another-branch");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("[DEFAULT_INVALID]"))
        .satisfiesExactly(
            a ->
                assertThat(a)
                    .startsWith(
                        "a-value: shop.A.note: invalid default: null is null, and the first branch"
                            + " of the union is string"),
            b -> assertThat(b).contains("shop.B.note: invalid default: \"null\" is text"),
            c -> assertThat(c).contains("shop.C.venue: invalid default: \"main\" is text"));
  }

  @Test
  void shouldNameTheFieldWhoseLogicalTypeIsIgnored() throws Exception {
    CommandRun run = checkCase("ignored-logical-type");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .filteredOn(line -> line.contains("[LOGICAL_TYPE]"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("shop.Amount.x: decimal(4,8) is written and read as decimal(4,6)"),
            line -> assertThat(line).contains("shop.Amount.x: "),
            line -> assertThat(line).contains("shop.Place.at: timestamp-millis is written"),
            line -> assertThat(line).contains("shop.Place.at: "),
            line -> assertThat(line).contains("shop.Text.x: decimal(20,8) is written"),
            line -> assertThat(line).contains("shop.Text.x: "));
    assertThat(run.out().lines())
        .filteredOn(line -> line.contains("[LOGICAL_TYPE_IGNORED]"))
        .satisfiesExactly(
            line -> assertThat(line).contains("shop.Amount.x: decimal(4,6) on bytes is ignored"),
            line ->
                assertThat(line).contains("shop.Place.at: timestamp-micros stands on the field"),
            line -> assertThat(line).contains("shop.Text.x: decimal(20,6) on bytes is ignored"));
  }

  @Test
  void shouldSeeTheUnitInANameOfConnectAndInAnOwnLogicalType() throws Exception {
    CommandRun run = checkCase("unit-in-a-name");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(4).allMatch(line -> line.contains("[LOGICAL_TYPE]"));
    assertThat(run.out())
        .contains(
            "shop.Cdc.at: io.debezium.time.Timestamp is written and read as"
                + " io.debezium.time.MicroTimestamp",
            "shop.Own.at: acme-seconds is written and read as acme-minutes");
  }

  /** Each is the type of a field and a default that is none of its values. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "string"                              | 0      | 0 is a number, and the type is string
          "string"                              | null   | null is null, and the type is string
          "int"                                 | "0"    | "0" is text, and the type is int
          "int"                                 | 0.5    | 0.5 is a number with a fraction
          "int"                                 | 3000000000 | is a number beyond int
          "boolean"                             | 1      | 1 is a number, and the type is boolean
          "bytes"                               | "漢"   | and the type is bytes
          "null"                                | "null" | "null" is text, and the type is null
          ["int","string"]                      | "x"    | "x" is text, and the first branch of the union is int
          ["null",{"type":"array","items":"int"}] | []   | [] is a list, and the first branch of the union is null
          {"type":"array","items":["null","int"]} | [1]  | in its elements, 1 is a number, and the first branch
          {"type":"map","values":["null","int"]} | {"a":1} | in its entry a, 1 is a number, and the first branch
          {"type":"enum","name":"E","symbols":["A"]} | "B" | "B" is not a symbol of enum shop.E
          {"type":"record","name":"N","fields":[{"name":"c","type":["null","int"]}]} | {"c":5} | in its field c, 5 is a number
          {"type":"record","name":"N","fields":[{"name":"c","type":"int"}]} | {} | it lacks the field c
          """)
  void shouldSayInWordsWhatIsWrongWithADefault(String type, String value, String words)
      throws IOException {
    String added = "{\"name\":\"b\",\"type\":" + type + ",\"default\":" + value + "}";
    write("a-value/v1.avsc", record("A", field("id", "\"int\"")));
    write("a-value/v2.avsc", record("A", field("id", "\"int\""), added));
    CommandRun run = check(directory);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines()).singleElement().asString().startsWith("a-value: shop.A.b: ");
    assertThat(run.out()).contains("invalid default: ", words, "[DEFAULT_INVALID]");
  }

  @Test
  void shouldFindWrongDefaultsInsideOfListsMapsAndUnions() throws IOException {
    // given
    String deep =
        "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[{\"name\":\"d\",\"type\":[\"null\",\"int\"],"
            + "\"default\":0}]}";
    write(
        "a-value/v1.avsc",
        record(
            "A",
            field("l", "{\"type\":\"array\",\"items\":" + deep.formatted("L") + "}"),
            field("m", "{\"type\":\"map\",\"values\":" + deep.formatted("M") + "}"),
            field("u", "[\"null\"," + deep.formatted("U") + "]")));

    // when
    CommandRun run = check(directory);

    // then
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("first branch of the union is null"));
    assertThat(run.out()).contains("shop.L.d: ", "shop.M.d: ", "shop.U.d: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"string","logicalType":"timestamp-millis"} | timestamp-millis on string is ignored
          {"type":"array","items":"long","logicalType":"timestamp-millis"} | timestamp-millis on array
          {"type":"int","logicalType":"timestamp-millis"} | timestamp-millis on int is ignored
          {"type":"long","logicalType":"timestamp_millis"} | its name is timestamp-millis
          {"type":"bytes","logicalType":"decimal"}   | decimal(?,0) on bytes is ignored
          {"type":"bytes","logicalType":"decimal","precision":0} | decimal(0,0) on bytes is ignored
          {"type":"bytes","logicalType":"decimal","precision":4,"scale":-1} | decimal(4,-1) on bytes
          {"type":"fixed","name":"F","size":2,"logicalType":"decimal","precision":38,"scale":2} | decimal(38,2) on fixed
          ["null",{"type":"bytes","logicalType":"decimal","precision":"9"}] | decimal(9,0) on bytes
          """)
  void shouldNameALogicalTypeThatHasNoEffect(String type, String words) throws IOException {
    write("a-value/v1.avsc", record("A", field("x", type)));
    CommandRun run = check(directory);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines()).singleElement().asString().startsWith("a-value: shop.A.x: ");
    assertThat(run.out()).contains(words, "[LOGICAL_TYPE_IGNORED]");
  }

  /** The old version stays as it is frozen; what counts is that the newest is read rightly. */
  @Test
  void shouldTakeTheMendOfAnIgnoredLogicalType() throws IOException {
    write(
        "a-value/v1.avsc",
        record("A", "{\"name\":\"x\",\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}"));
    write(
        "a-value/v2.avsc",
        record("A", field("x", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}")));
    CommandRun run = check(directory);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).as(run.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"UTF-8,efbbbf", "UTF-16LE,fffe", "UTF-16BE,feff", "UTF-8,"})
  void shouldReadAFileWithAByteOrderMarkAndComments(String charset, String mark)
      throws IOException {
    // given
    String commented =
        "// the order\n" + record("A", field("id", "\"int\" /* a number */")) + "\n// the end\n";
    byte[] start = mark == null ? new byte[0] : HexFormat.of().parseHex(mark);
    byte[] text = commented.getBytes(Charset.forName(charset));
    byte[] all = Arrays.copyOf(start, start.length + text.length);
    System.arraycopy(text, 0, all, start.length, text.length);
    Path file = directory.resolve("A.avsc");
    Files.write(file, all);
    Path history = Files.createDirectories(directory.resolve("history"));
    write("history/b-value/v1.avsc", all);

    // when
    CommandRun checked = check(history);
    CommandRun frozen = CommandRun.of("schemas", "freeze", "--path", history, "a-value", file);

    // then
    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
    assertThat(frozen.code()).as(frozen.err()).isZero();
    assertThat(history.resolve("a-value/v1.avsc")).hasContent(commented);
  }

  @Test
  void shouldStopOnlyTheSubjectThatCannotBeRead() throws IOException {
    // given
    write("a-value/v1.avsc", "{\"type\":\"cow\"}");
    write("b-value/v1.avsc", record("B", field("side", "\"shop.Side\"")));
    write("c-value/v1.avsc", record("C", field("id", "\"int\"")));
    write("c-value/v2.avsc", record("C", field("id", "\"long\"")));
    write("d-value/v1.avsc", "{ not json");
    write("e-value/v2.avsc", record("E"));
    write("f-value/v1.avsc", record("F", "{\"name\":\"x\",\"type\":\"double\",\"default\":\"a\"}"));

    // when
    CommandRun run = check(directory);
    CommandRun json = check(directory, "--json");

    // then
    assertThat(run.code()).isEqualTo(1);
    List<String> lines = run.out().lines().toList();
    assertThat(lines).filteredOn(line -> line.contains("[UNREADABLE]")).hasSize(5);
    assertThat(run.out())
        .contains(
            "a-value: a-value/v1.avsc: refers to cow, which no file",
            "b-value: b-value/v1.avsc: refers to shop.Side, which no file of its directory"
                + " defines; not readable there: [d-value/v1.avsc]",
            "c-value: shop.C.id: ",
            "d-value: d-value/v1.avsc: is not JSON: ",
            "e-value: e-value/v1.avsc: is missing",
            "f-value: f-value/v1.avsc: is not an Avro schema: the default of a float or double");
    JsonNode report = new ObjectMapper().readTree(json.out());
    assertThat(report.get("subjects")).hasSize(6);
    assertThat(report.at("/subjects/0/findings/0/rule").asText()).isEqualTo("UNREADABLE");
  }

  @Test
  void shouldFollowAnEnumThatMovedToAnotherFile() throws IOException {
    // given: the enum was in the record, moved into a file of its own, and another one refers to it
    String side =
        "{\"type\":\"enum\",\"name\":\"Side\",\"namespace\":\"shop\","
            + "\"symbols\":[\"BUY\",\"SELL\"]}";
    write("order-value/v1.avsc", record("Order", field("side", side)));
    write("order-value/v2.avsc", record("Order", field("side", "\"shop.Side\"")));
    write("fill-value/v1.avsc", record("Fill", field("side", "\"shop.Side\"")));

    // when: the own file is there, and when it is not, the old version still has it
    CommandRun lost = check(directory);
    write("side-value/v1.avsc", side);
    CommandRun moved = check(directory);

    // then
    assertThat(moved.out()).isEmpty();
    assertThat(moved.code()).as(moved.err()).isZero();
    assertThat(lost.out()).isEmpty();
    assertThat(lost.code()).as(lost.err()).isZero();
  }
}
