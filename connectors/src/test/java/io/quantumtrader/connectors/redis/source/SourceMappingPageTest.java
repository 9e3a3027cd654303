package io.quantumtrader.connectors.redis.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of the source's mapping: what it shows works, and it leaves nothing out. */
final class SourceMappingPageTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)\n```", Pattern.DOTALL);
  private static final String PAGE = page();

  private static String page() {
    try {
      return Files.readString(GeneratedPage.directory().resolve("redis-source-mapping.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<MatchResult> blocks() {
    return BLOCK.matcher(PAGE).results().toList();
  }

  static Stream<String> mappings() {
    return blocks().stream().filter(each -> each.group(1).equals("mapping")).map(m -> m.group(2));
  }

  static Stream<Arguments> examples() {
    List<Arguments> examples = new ArrayList<>();
    List<MatchResult> blocks = blocks();
    for (int i = 0; i + 2 < blocks.size(); i++) {
      if (blocks.get(i + 1).group(1).equals("entry")) {
        assertThat(blocks.get(i + 2).group(1)).isEqualTo("record");
        examples.add(
            Arguments.of(
                blocks.get(i).group(2), blocks.get(i + 1).group(2), blocks.get(i + 2).group(2)));
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void shouldTakeEachMappingOfThePage(String mapping) {
    assertThat(SourceMapping.parse(mapping)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldMakeTheRecordThatThePageShows(String mapping, String entry, String record)
      throws IOException {
    SourceMapping.StreamSpec spec = SourceMapping.parse(mapping).streams().getFirst();
    EntryReader reader = Readers.of(spec);
    reader.configure(spec.topic(), Map.of());

    Output made = reader.read(entryOf(entry)).getFirst();

    assertThat(made.topic() + " " + made.key() + " " + shown(made.value())).isEqualTo(record);
  }

  private static StreamEntry entryOf(String json) throws IOException {
    List<StreamEntry.Field> fields = new ArrayList<>();
    new ObjectMapper()
        .readValue(json, new TypeReference<LinkedHashMap<String, String>>() {})
        .forEach(
            (name, text) ->
                fields.add(new StreamEntry.Field(name.getBytes(UTF_8), text.getBytes(UTF_8))));
    return new StreamEntry("orders", StreamId.parse("1700000000000-0"), fields);
  }

  private static String shown(Object value) {
    return value instanceof Struct struct ? struct.toString() : value.toString();
  }

  @Test
  void shouldNameEachPartOfTheLanguageAndNoOther() {
    assertThat(rowsOf("of a mapping"))
        .containsExactlyInAnyOrderElementsOf(parts(SourceMapping.class));
    assertThat(rowsOf("of a stream"))
        .containsExactlyInAnyOrderElementsOf(parts(SourceMapping.StreamSpec.class));
    assertThat(rowsOf("of a field"))
        .containsExactlyInAnyOrderElementsOf(parts(FieldsReader.FieldSpec.class));
    assertThat(rowsOf("of a group"))
        .containsExactlyInAnyOrderElementsOf(parts(SourceMapping.KeySpec.class));
  }

  private static List<String> rowsOf(String table) {
    String rest = PAGE.substring(PAGE.indexOf("| " + table + " |"));
    return rest.lines()
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .toList();
  }

  private static List<String> parts(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(part -> part.getName()).toList();
  }
}
