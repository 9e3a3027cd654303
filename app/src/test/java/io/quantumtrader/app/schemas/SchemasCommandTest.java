package io.quantumtrader.app.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.serde.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on this project and on a directory that has nothing to do with it. */
final class SchemasCommandTest {

  @TempDir private Path directory;

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String order(String fields) {
    return "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":["
        + fields
        + "]}";
  }

  private static String price(int scale) {
    return "{\"name\":\"price\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,"
        + "\"scale\":%d}}".formatted(scale);
  }

  private static CommandRun schemas(Object... words) {
    return CommandRun.of(Stream.concat(Stream.of("schemas"), Stream.of(words)).toArray());
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void shouldFindNothingWrongWithThisProject() {
    // when
    CommandRun run = schemas("check");

    // then
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(Subjects.all().size() + " subjects, ", "at FULL_TRANSITIVE: nothing breaks");
  }

  @Test
  void shouldSayInOneLineWhatBreaksInAForeignDirectory() throws IOException {
    // given
    write("orders-value/v1.avsc", order(price(4)));
    write("orders-value/v2.avsc", order(price(2)));

    // when
    CommandRun run = schemas("check", "--path", directory, "--level", "BACKWARD");
    CommandRun none = schemas("check", "--path", directory, "--level", "NONE");

    // then
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out())
        .startsWith(
            "orders-value: shop.Order.price: decimal(20,4) is written and read as decimal(20,2);"
                + " breaks new readers (v2) of old records (v1): for example ")
        .contains("[LOGICAL_TYPE]. Mend: ");
    assertThat(run.err().strip()).isEqualTo("1 subjects, 2 versions at BACKWARD: 1 break");
    assertThat(none.code()).isZero();
  }

  @Test
  void shouldReportABreakAsJson() throws IOException {
    // given
    write("orders-value/v1.avsc", order(price(4)));
    write("orders-value/v2.avsc", order(""));

    // when
    CommandRun run = schemas("check", "--path", directory, "--json");

    // then
    JsonNode report = json(run);
    assertThat(run.code()).isEqualTo(1);
    assertThat(report.get("broken").asBoolean()).isTrue();
    JsonNode finding = report.at("/subjects/0/findings/0");
    assertThat(finding.get("rule").asText()).isEqualTo("FIELD_WITHOUT_DEFAULT");
    assertThat(finding.get("path").asText()).isEqualTo("shop.Order.price");
    assertThat(finding.get("reader").asText()).isEqualTo("v1");
    assertThat(finding.get("mend").asText()).isNotBlank();
  }

  @Test
  void shouldFreezeAForeignSchemaOnceAndRefuseABreakAndAnEdit() throws IOException {
    // given
    Path history = Files.createDirectories(directory.resolve("history"));
    write("Order.avsc", order(price(4)));
    write("Broken.avsc", order(price(2)));
    Path file = directory.resolve("Order.avsc");

    // when
    CommandRun first = schemas("freeze", "--path", history, "orders-value", file);
    CommandRun again = schemas("freeze", "--path", history, "orders-value", file);
    CommandRun broken =
        schemas("freeze", "--path", history, "orders-value", directory.resolve("Broken.avsc"));

    // then
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out().strip()).isEqualTo("orders-value");
    assertThat(again.out()).isEmpty();
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.err().lines()).hasSize(1);
    assertThat(broken.err()).contains("nothing is frozen", "shop.Order.price");
    assertThat(history.resolve("orders-value/v1.avsc")).exists();
    assertThat(history.resolve("orders-value/v2.avsc")).doesNotExist();

    // and an edit shows
    Files.writeString(history.resolve("orders-value/v1.avsc"), order(price(3)));
    CommandRun edited = schemas("check", "--path", history);
    assertThat(edited.code()).isEqualTo(1);
    assertThat(edited.out()).contains("orders-value/v1.avsc: the frozen file was edited");
  }

  @Test
  void shouldListDiffAndDescribeAForeignDirectory() throws IOException {
    // given
    String note = "{\"name\":\"note\",\"type\":\"string\",\"default\":\"\",\"doc\":\"Free text.\"}";
    write("orders-value/v1.avsc", order(price(4)));
    write("orders-value/v2.avsc", order(price(4) + "," + note));

    // when
    CommandRun list = schemas("list", "--path", directory);
    CommandRun diff = schemas("diff", "orders-value", "--path", directory);
    CommandRun same = schemas("diff", "orders-value", "1", "v1", "--path", directory);
    CommandRun docs = schemas("docs", "--path", directory);

    // then
    assertThat(list.out().strip()).isEqualTo("orders-value  v1 v2  shop.Order");
    assertThat(diff.out().strip()).isEqualTo("+ shop.Order.note: string, default \"\"");
    assertThat(diff.err().strip()).isEqualTo("orders-value from v1 to v2: 1 differences");
    assertThat(same.out()).isEmpty();
    assertThat(docs.out()).contains("| `note` | string | `\"\"` | Free text. |");
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithTheCommand() throws IOException {
    write("a-value/v1.avsc", "{\"type\":\"cow\"}");
    Path empty = Files.createDirectories(directory.resolve("empty"));
    assertFails(schemas("check", "--path", "no-such-directory"), 2, "is not a directory");
    assertFails(schemas("check", "--path", empty), 2, "has no <subject>/v<n>.avsc files");
    assertFails(schemas("check", "--level", "SOME"), 2, "BACKWARD_TRANSITIVE");
    assertFails(schemas("diff", "quantum.none"), 2, "there is no subject quantum.none");
    assertFails(schemas("diff", "quantum.clock-value", "v9"), 2, "has no version v9; it has v1");
    assertFails(schemas("freeze", "x", "y"), 2, "give --path DIR, SUBJECT and FILE together");
    assertFails(schemas("register"), 2, "--registry URL");
    assertFails(schemas(), 2, "name a subcommand: check, list");
    assertFails(schemas("list", "--path", directory), 1, "cow");
    assertFails(schemas("check", "--registry-config", "none.properties"), 2, "none.properties");
  }

  private static void assertFails(CommandRun run, int code, String message) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("quantum schemas").contains(message);
  }
}
