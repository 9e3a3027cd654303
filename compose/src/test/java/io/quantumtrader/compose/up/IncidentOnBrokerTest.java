package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.compose.readme.House;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.replay.incident.Incident;
import io.quantumtrader.replay.incident.IncidentInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The candles and intents of each incident, through the whole of {@code up} and without a broker,
 * both under the default policy: every topic holds the same records in every partition, to the
 * byte, but for what {@link Dumps} leaves out.
 */
@Tag("real")
@EnabledIfSystemProperty(
    named = "quantum.long",
    matches = "true",
    disabledReason = "takes minutes; run it with -Dquantum.long=true")
final class IncidentOnBrokerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private House house;

  @AfterEach
  void endWhatIsLeft() throws IOException {
    house.close();
  }

  @ParameterizedTest
  @EnumSource(Incident.class)
  void shouldLeaveTheSameRecordsOnABrokerAndWithoutOne(Incident incident) throws Exception {
    // given
    house = House.in(directory);
    IncidentInput input = incident.input();
    UpReplayTest.write(house.file("candles.csv.gz"), input.candles());
    Files.write(
        house.file("intents.jsonl"),
        input.sent().stream().map(each -> RecordJson.of(each.read()).toString()).toList());

    // when
    JsonNode onBroker =
        typed(UpReplayTest.CANDLES_AND_INTENTS + " --without agent --json --dump broker");
    JsonNode replayed =
        typed(
            "./quantum replay --candles candles.csv.gz --intents intents.jsonl --agent none --json"
                + " --out replayed");

    // then
    assertThat(onBroker.get("intents").asInt()).isEqualTo(input.sent().size());
    assertThat(replayed.get("denials")).isEqualTo(onBroker.get("denials"));
    long compared = Dumps.assertAlike(house.file("replayed"), house.file("broker"));
    assertThat(compared).isGreaterThan(input.candles().size());
    System.out.printf("%s: %,d records the same%n", incident.label(), compared);
  }

  private JsonNode typed(String command) throws Exception {
    House.Run run = house.run(command);
    assertThat(run.code()).as(run.err()).isZero();
    return JSON.readTree(run.out());
  }
}
