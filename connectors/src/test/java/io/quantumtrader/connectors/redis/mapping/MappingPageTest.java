package io.quantumtrader.connectors.redis.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.connectors.redis.Records;
import io.quantumtrader.connectors.redis.expression.Functions;
import io.quantumtrader.connectors.redis.format.Formats;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import io.quantumtrader.schemas.docs.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of the mapping language: what it shows works, and it leaves nothing out. */
class MappingPageTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)\n```", Pattern.DOTALL);

  private static final String PAGE = page();

  /**
   * One example of the page.
   *
   * @param command as it stands there
   * @param writes what it is said to write, a line for each command
   */
  private record Example(String command, String writes) {}

  static Stream<Example> examples() {
    List<Example> examples = new ArrayList<>();
    String command = null;
    for (Matcher block = BLOCK.matcher(PAGE); block.find(); ) {
      if (block.group(1).equals("command")) {
        assertThat(command).as("a command without what it writes").isNull();
        command = block.group(2);
      } else if (block.group(1).equals("writes")) {
        examples.add(new Example(command, block.group(2)));
        command = null;
      }
    }
    assertThat(command).as("a command without what it writes").isNull();
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldWriteWhatThePageSays(Example example) throws IOException {
    String mapping =
        "{\"topics\": {\"t\": {\"tombstone\": \"ignore\", \"commands\": ["
            + example.command()
            + "]}}}";
    Map<String, Object> value =
        new ObjectMapper().readValue(block("value"), new TypeReference<Map<String, Object>>() {});

    List<RedisWrite> writes =
        new RecordMapper(Mapping.parse(mapping), "", ExpiryReference.RECORD)
            .writes(Records.of("t", 0, 7, "BTC", value), 0);

    assertThat(writes.stream().map(write -> String.join(" ", write.words())))
        .containsExactly(example.writes().split("\n"));
  }

  @Test
  void shouldBeginWithAMappingThatIsRead() {
    assertThat(Mapping.parse(block("json")).topics()).containsExactly("trades");
  }

  @Test
  void shouldShowEveryCommand() {
    assertThat(CommandParser.KNOWN.split(", "))
        .allSatisfy(
            name -> {
              assertThat(PAGE).containsPattern("### .*\\b" + name + "\\b");
              assertThat(examples()).anyMatch(e -> e.command().contains('"' + name + '"'));
            });
  }

  @Test
  void shouldListEveryFormatAndFunction() {
    assertThat(Formats.names().split(", ")).allSatisfy(name -> assertThat(PAGE).contains(name));
    assertThat(Functions.names().split(", "))
        .allSatisfy(function -> assertThat(PAGE).contains("`" + function + "("));
  }

  private static String block(String kind) {
    for (Matcher block = BLOCK.matcher(PAGE); block.find(); ) {
      if (block.group(1).equals(kind)) {
        return block.group(2);
      }
    }
    throw new AssertionError("no block " + kind);
  }

  private static String page() {
    try {
      return Files.readString(GeneratedPage.directory().resolve("redis-sink-mapping.md"));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
