package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.wiring.Pipeline.DEFAULT;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.UniverseKeys;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which list of what may be opened counts for an intent, and which one its decision tells. A list
 * is made at a step of the clock that intents are decided at, too.
 */
final class UniverseListsTest extends WiringTest {

  @BeforeEach
  void letTheListsRule() {
    pipeline.policy(DEFAULT, Given.policy());
  }

  private void list(String symbol, List<String> before, Long asOfBeforeMs) {
    Universe list =
        Universe.newBuilder()
            .setName(UniverseKeys.TOP)
            .setAsOfMs(pipeline.nowMs())
            .setSymbols(List.of(symbol))
            .setCode("UNIVERSE_RANKED")
            .setSymbolsBefore(before)
            .setAsOfBeforeMs(asOfBeforeMs)
            .build();
    pipeline.send(Topic.UNIVERSE, Universe.class, UniverseKeys.TOP, list);
  }

  private Decision bought(String account, String symbol) {
    String id = account + symbol + pipeline.nowMs();
    return pipeline.when(it -> it.intent(Pipeline.buy(account, id, symbol))).decision();
  }

  private static List<Long> versions(Decision decision) {
    return decision.getLookups().stream()
        .filter(lookup -> lookup.getTable().equals(Topic.UNIVERSE.topicName()))
        .map(lookup -> Objects.requireNonNullElse(lookup.getAsOfMs(), -1L))
        .toList();
  }

  @Test
  void shouldTellTheListBeforeAtTheStepOfANewOne() {
    // given
    long beforeMs = pipeline.nowMs() - HOUR;
    long atMs = pipeline.nowMs();
    list(ETH, List.of(BTC), beforeMs);

    // when
    Decision counts = bought(MAIN, BTC);
    Decision notYet = bought(TWIN, ETH);
    pipeline.pass(MINUTE);
    Decision notAnyMore = bought(TWIN, BTC);
    Decision now = bought(MAIN, ETH);

    // then
    assertThat(counts.getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(versions(counts)).containsExactly(beforeMs);
    assertThat(notYet.getCode()).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(versions(notYet)).containsExactly(beforeMs);
    assertThat(notAnyMore.getCode()).isEqualTo("SYMBOL_NOT_IN_UNIVERSE");
    assertThat(versions(notAnyMore)).containsExactly(atMs);
    assertThat(now.getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(versions(now)).containsExactly(atMs);
  }

  /** The first list of all does not count at its own step: as if it was not there. */
  @Test
  void shouldTellNoListAtTheStepOfTheFirst() {
    // given
    list(ETH, List.of(), null);

    // when
    Decision notYet = bought(MAIN, ETH);

    // then
    assertThat(notYet.getCode()).isEqualTo("UNIVERSE_EMPTY");
    assertThat(versions(notYet)).containsExactly(-1L);
  }

  /** A list of an older version does not say since when the one before it held. */
  @Test
  void shouldTellTheListItselfWhereItDoesNotSayTheOneBefore() {
    // given
    list(ETH, List.of(BTC), null);

    // when
    Decision counts = bought(MAIN, BTC);

    // then
    assertThat(counts.getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(versions(counts)).containsExactly(pipeline.nowMs());
  }
}
