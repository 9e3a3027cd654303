package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.replay.simulate.Broken;
import io.quantumtrader.replay.simulate.Promise;
import io.quantumtrader.replay.simulate.Race;
import io.quantumtrader.replay.simulate.Reachable;
import io.quantumtrader.replay.simulate.SimulationReport;
import io.quantumtrader.replay.simulate.SimulationSettings;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Searches of real worlds, and of worlds that a test makes up to see what is said of them. */
final class SimulateCommandTest {

  private static CommandRun simulate(String options) {
    String[] given = ("simulate " + options).split(" ", -1);
    return CommandRun.of((Object[]) given);
  }

  /** What the command says of worlds in which a promise breaks by a rule. */
  private record Said(int code, String out) {

    static Said of(Predicate<SimulationSettings> breaks, String options) {
      CommandLine line =
          new CommandLine(new SimulateCommand(settings -> report(settings, breaks.test(settings))));
      StringWriter out = new StringWriter();
      line.setOut(new PrintWriter(out));
      return new Said(line.execute(options.split(" ", -1)), out.toString());
    }

    private static SimulationReport report(SimulationSettings settings, boolean breaks) {
      Set<ReasonCode> codes = EnumSet.allOf(ReasonCode.class);
      codes.removeAll(Reachable.unreachable().keySet());
      if (settings.seed() < 100) {
        codes.remove(ReasonCode.HEAT_HOLD);
      }
      return new SimulationReport(
          settings,
          breaks
              ? Optional.of(new Broken(Promise.ONE_OUTCOME, 7, "2 outcomes of 1 intents main|e1"))
              : Optional.empty(),
          codes,
          EnumSet.allOf(Race.class),
          settings.events().map(Set::size).orElse(40),
          1_000,
          "0".repeat(64),
          "0".repeat(64));
    }
  }

  @Test
  void shouldSayThatEveryPromiseHeld() {
    CommandRun run = simulate("--seed 1 --runs 2 --minutes 20");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 runs  40 simulated minutes", "every promise held");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldRepeatARunOfSomeEventsAsJson() throws Exception {
    String options = "--seed 3 --minutes 10 --events 1,4 --json";
    CommandRun run = simulate(options);

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("seed").asLong()).isEqualTo(3);
    assertThat(json.get("minutes").asLong()).isEqualTo(10);
    assertThat(json.has("broken")).isFalse();
    assertThat(simulate(options).out()).isEqualTo(run.out());
  }

  @Test
  void shouldShortenWhatBrokeAPromiseAndSayHowToRepeatIt() {
    Predicate<SimulationSettings> breaks =
        world -> world.seed() == 8 && world.events().map(kept -> kept.contains(5)).orElse(true);
    Said said = Said.of(breaks, "--seed 6 --runs 5 --hours 1");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains(
            "broken in minute 7: each intent has one outcome",
            "2 outcomes of 1 intents main|e1",
            "again: ./quantum simulate --seed 8 --minutes 8 --events 5\n")
        .doesNotContain("every promise held");
  }

  @Test
  void shouldSayWhatBrokeAsJson() throws Exception {
    Said said = Said.of(world -> true, "--seed 6 --minutes 30 --events 5,6 --json");

    assertThat(said.code()).isEqualTo(1);
    JsonNode broken = new ObjectMapper().readTree(said.out()).get("broken");
    assertThat(broken.get("promise").asText()).isEqualTo("ONE_OUTCOME");
    assertThat(broken.get("minute").asInt()).isEqualTo(7);
    assertThat(broken.get("repeat").asText())
        .isEqualTo("./quantum simulate --seed 6 --minutes 30 --events 5,6");
  }

  @Test
  void shouldFailASearchOfFiveHundredHoursThatMissedASituation() {
    Said missed = Said.of(world -> false, "--hours 20 --runs 25");

    assertThat(missed.code()).isEqualTo(1);
    assertThat(missed.out()).contains("not met: HEAT_HOLD", "every promise held");
    assertThat(Said.of(world -> false, "--hours 20 --runs 24").code()).isZero();
    assertThat(Said.of(world -> false, "--seed 100 --hours 20 --runs 25").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--runs 0;--runs must be 1 or more",
        "--hours 21;a run has 1 minute to 20 hours",
        "--minutes 0;a run has 1 minute to 20 hours",
        "--hours 1 --minutes 5;exclude each other",
        "--events 1 --runs 2;--events are those of one run",
        "--seed one;--seed"
      })
  void shouldRefuseAWrongValueInOneLine(String options, String message) {
    CommandRun run = simulate(options);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
