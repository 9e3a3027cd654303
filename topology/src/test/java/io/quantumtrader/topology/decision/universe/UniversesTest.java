package io.quantumtrader.topology.decision.universe;

import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Lookups;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is published at noon, with steps of a minute. */
final class UniversesTest {

  private static final Policy POLICY =
      Given.policy().setName("own").setVersion(4).setUniverseSize(1).build();

  private List<MarketState> states = List.of();
  private List<Instrument> instruments = List.of();
  private Optional<Universe> lastTop = Optional.of(universe(NOON));
  private Optional<Universe> lastActive = Optional.empty();
  private long beginMs = NOON - MINUTE;

  private static Universe universe(long asOfMs, String... symbols) {
    return Universe.newBuilder()
        .setName("active")
        .setAsOfMs(asOfMs)
        .setSymbols(List.of(symbols))
        .setCode("UNIVERSE_ACTIVE")
        .build();
  }

  private static Instrument instrument(String symbol, long ageMs) {
    return Given.instrument(symbol).setAsOfMs(NOON - ageMs).build();
  }

  private final Lookups lookups = new Lookups(NOON);

  private Universes.Publication publication() {
    return Universes.at(
        new Universes.View(states, instruments, lastTop, lastActive, beginMs, MINUTE),
        POLICY,
        lookups,
        NOON);
  }

  @Test
  void shouldListWhatTradesInOrder() {
    // given
    instruments =
        List.of(
            instrument("BUSDT", HOUR),
            instrument("AUSDT", HOUR),
            Given.instrument("CUSDT").setStatus(InstrumentStatus.BREAK).build());

    // when
    Universes.Publication published = publication();

    // then
    assertThat(published.lists()).hasSize(1);
    Universe active = published.lists().get(0);
    assertThat(active.getName()).isEqualTo("active");
    assertThat(active.getSymbols()).containsExactly("AUSDT", "BUSDT");
    assertThat(active.getAsOfMs()).isEqualTo(NOON);
    assertThat(active.getCode()).isEqualTo("UNIVERSE_ACTIVE");
    assertThat(active.getMaxSymbols()).isEqualTo(2);
    assertThat(published.decisions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "59999, 0", "60000, 1", "60001, 1", "-1, 1"})
  void shouldListTheSameAgainOnceItIsAMinuteOld(long ageMs, int listed) {
    // given
    instruments = List.of(instrument("AUSDT", HOUR));
    lastActive = Optional.of(universe(NOON - ageMs, "AUSDT"));

    // then
    assertThat(publication().lists()).hasSize(listed);
  }

  @Test
  void shouldSayThatNothingTradesAnyMoreButNotThatNothingEverDid() {
    assertThat(publication().lists()).isEmpty();

    lastActive = Optional.of(universe(NOON - HOUR, "AUSDT"));

    assertThat(publication().lists().get(0).getSymbols()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // an instrument that is new counts from the step after the one it came with
    "60001, '', 1",
    "60000, '', 0",
    "59999, '', 0",
    "0, AUSDT, 0",
    "0, AUSDT BUSDT, 1",
  })
  void shouldListANewInstrumentFromTheNextStepOn(long ageMs, String known, int listed) {
    // given
    instruments = List.of(instrument("AUSDT", ageMs));
    lastActive =
        known.isEmpty() ? Optional.empty() : Optional.of(universe(NOON - 1, known.split(" ")));

    // then
    assertThat(publication().lists()).hasSize(listed);
  }

  /** Whether its newest row is seen at this step is chance; that it traded before is not. */
  @ParameterizedTest
  @CsvSource({"60001, 1", "60000, 0"})
  void shouldListAnInstrumentOfWhichSomethingIsNewSinceItWasFirstKnown(long sinceMs, int listed) {
    // given
    instruments =
        List.of(Given.instrument("AUSDT").setAsOfMs(NOON).setSinceMs(NOON - sinceMs).build());

    // then
    assertThat(publication().lists()).hasSize(listed);
  }

  @Test
  void shouldRankOnTheHourAndSayHow() {
    // given
    lastTop = Optional.of(universe(NOON - 1));
    states = List.of(States.hourly("AUSDT").build(), States.hourly("BUSDT").setTs(0.5).build());

    // when
    Universes.Publication published = publication();

    // then
    Universe top = published.lists().get(0);
    assertThat(top.getName()).isEqualTo(Universes.TOP);
    assertThat(top.getSymbols()).containsExactly("BUSDT");
    assertThat(top.getRanking()).hasSize(1);
    assertThat(top.getAsOfMs()).isEqualTo(NOON);
    assertThat(top.getCode()).isEqualTo("UNIVERSE_RANKED");
    assertThat(top.getMinSigma()).isEqualTo(0.005);
    assertThat(top.getMinTs()).isEqualTo(0.3);
    assertThat(top.getMaxSymbols()).isEqualTo(1);
    Decision decision = published.decisions().get(0);
    assertThat(decision.getCode()).isEqualTo("UNIVERSE_RANKED");
    assertThat(decision.getPolicyName()).isEqualTo("own");
    assertThat(decision.getPolicyVersion()).isEqualTo(4);
    assertThat(text(decision.getNumbers()))
        .containsExactly("fresh=2", "passed=2", "listed=1", "minSigma=0.005", "minTs=0.3");
  }

  @ParameterizedTest
  @CsvSource({
    "3600000, true",
    "1, true",
    "0, false",
    // what a clock of the future made counts as not made
    "-1, true"
  })
  void shouldRankWhereTheLastRankIsOfAnotherHour(long agoMs, boolean ranks) {
    // given
    lastTop = Optional.of(universe(NOON - agoMs));
    beginMs = NOON - HOUR;

    // then
    assertThat(publication().decisions()).hasSize(ranks ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"3600001, true", "3600000, true", "3599999, false", "-60000, false"})
  void shouldRankForTheFirstTimeAnHourAfterTheBeginning(long agoMs, boolean ranks) {
    // given
    lastTop = Optional.empty();
    beginMs = NOON - agoMs;

    // then
    assertThat(publication().decisions()).hasSize(ranks ? 1 : 0);
  }

  /** Those that do not pass were looked at too. */
  @Test
  void shouldNameTheStatesThatItRanked() {
    lastTop = Optional.of(universe(NOON - HOUR));
    states = List.of(States.hourly("AUSDT").build(), States.hourly("BUSDT").setTs(0.5).build());

    assertThat(publication().decisions().getFirst().getLookups())
        .extracting(Lookup::getTable, Lookup::getKey, Lookup::getAsOfMs)
        .containsExactly(
            tuple("quantum.market.state", "AUSDT", states.get(0).getAsOfMs()),
            tuple("quantum.market.state", "BUSDT", states.get(1).getAsOfMs()));
  }

  @Test
  void shouldSayWhichListWasInForceBefore() {
    lastTop = Optional.of(universe(NOON - HOUR, "OLDUSDT"));
    Optional<Universe> next =
        publication().lists().stream()
            .filter(list -> list.getName().equals(Universes.TOP))
            .findFirst();

    assertThat(next.orElseThrow().getSymbolsBefore()).containsExactly("OLDUSDT");
    assertThat(next.orElseThrow().getAsOfBeforeMs()).isEqualTo(NOON - HOUR);
    lastTop = Optional.empty();
    beginMs = NOON - 2 * HOUR;
    assertThat(publication().lists())
        .filteredOn(list -> list.getName().equals(Universes.TOP))
        .extracting(Universe::getSymbolsBefore, Universe::getAsOfBeforeMs)
        .containsExactly(tuple(List.of(), null));
  }

  @ParameterizedTest
  @CsvSource({"-1, OLDUSDT", "0, OLDUSDT", "1, NEWUSDT"})
  void shouldLetAListCountFromTheStepAfterItsOwn(long behindMs, String counts) {
    Universe list = universe(NOON, "NEWUSDT");
    assertThat(Universes.inForce(list, NOON + behindMs)).containsExactly("NEWUSDT");

    list = Universe.newBuilder(list).setSymbolsBefore(List.of("OLDUSDT")).build();
    assertThat(Universes.inForce(list, NOON + behindMs)).containsExactly(counts);
  }

  @ParameterizedTest
  @CsvSource({"-3600000, true", "-3599999, true", "0, false", "1, true"})
  void shouldNeedStatesWhereItMayRank(long lastAfterMs, boolean needed) {
    long lastMs = NOON + lastAfterMs;

    assertThat(Universes.mayRank(Optional.of(universe(lastMs)), NOON)).isEqualTo(needed);
    assertThat(Universes.mayRank(Optional.of(universe(lastMs + HOUR)), NOON + HOUR))
        .isEqualTo(needed);
    assertThat(Universes.mayRank(Optional.empty(), NOON)).isTrue();
  }
}
