package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.Given.exchangePosition;
import static io.quantumtrader.topology.wiring.Pipeline.AWAY;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exchange says of a position reaches the position's snapshot, and nobody else's. */
final class ExchangeViewsTest extends WiringTest {

  private static final PartitionCounts ONE_TASK = new PartitionCounts(1, 1);
  private static final PartitionCounts TOPICS = new PartitionCounts(4, 3);

  @TempDir private Path another;

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldShowToEachAccountItsOwn(String one, String other) {
    // given: both hold the same, by the ledger
    for (String account : new String[] {one, other}) {
      pipeline.adopt(account, BTC, OrderSide.BUY, "0.02", "71000");
    }
    pipeline.positions(one, exchangePosition(BTC, "0.02").setLeverage(5).setMargin(dec("284")));
    pipeline.positions(other, exchangePosition(BTC, "0.02").setLeverage(7).setMargin(dec("203")));

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000).mark(BTC, "71200"));

    // then
    assertThat(outputs.snapshots())
        .extracting(
            PositionSnapshot::getAccount,
            each -> each.getExchange().getLeverage(),
            each -> each.getExchange().getMargin().intValue(),
            PositionSnapshot::getExchangeAsOfMs)
        .containsExactlyInAnyOrder(tuple(one, 5, 284, NOON), tuple(other, 7, 203, NOON));
  }

  /** The other account has the position by its ledger alone, in this partition or elsewhere. */
  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main", "main, main2", "main2, main"})
  void shouldShowNothingOfAnotherAccount(String one, String other) {
    // given
    try (Pipeline both = new Pipeline(another, ONE_TASK, TOPICS, one, other)) {
      both.adopt(one, BTC, OrderSide.BUY, "0.02", "71000");
      both.adopt(other, BTC, OrderSide.BUY, "0.02", "71000");
      both.positions(one, exchangePosition(BTC, "0.02"));

      // when
      Outputs outputs = both.when(it -> it.pass(1000).mark(BTC, "71200"));

      // then
      assertThat(outputs.snapshots())
          .extracting(PositionSnapshot::getAccount, each -> each.getExchange() != null)
          .containsExactlyInAnyOrder(tuple(one, true), tuple(other, false));
    }
  }

  @Test
  void shouldGoWhereTheCandlesOfTheSymbolAre() {
    try (Pipeline both = new Pipeline(another, ONE_TASK, TOPICS, MAIN, AWAY)) {
      // when
      Outputs outputs =
          both.when(
              it ->
                  it.positions(MAIN, exchangePosition(BTC, "1"), exchangePosition(ETH, "1"))
                      .positions(AWAY, exchangePosition(BTC, "1")));

      // then
      assertThat(outputs.all())
          .filteredOn(record -> record.topic().contains(Names.EXCHANGE_BY_SYMBOL))
          .extracting(record -> new String(record.key(), UTF_8), record -> record.partition())
          .containsExactly(
              tuple("main:BTCUSDT", home(BTC)),
              tuple("main:ETHUSDT", home(ETH)),
              tuple("main2:BTCUSDT", home(BTC)));
    }
  }

  private static int home(String symbol) {
    return BuiltInPartitioner.partitionForKey(symbol.getBytes(UTF_8), TOPICS.symbol());
  }

  @Test
  void shouldSendOnlyWhatChanged() {
    // given
    pipeline.positions(MAIN, exchangePosition(BTC, "1"), exchangePosition(ETH, "1"));

    // when: the same again, then one that changed, then one that is gone
    long before = sent();
    pipeline.positions(MAIN, exchangePosition(BTC, "1"), exchangePosition(ETH, "1"));
    long same = sent();
    pipeline.positions(
        MAIN, exchangePosition(BTC, "1"), exchangePosition(ETH, "1").setUnrealizedProfit(dec("2")));
    long changed = sent();
    pipeline.positions(MAIN, exchangePosition(ETH, "1").setUnrealizedProfit(dec("2")));

    // then
    assertThat(new long[] {before, same, changed, sent()}).containsExactly(2, 2, 3, 4);
  }

  private long sent() {
    return pipeline.driver().writtenTo(Names.EXCHANGE_BY_SYMBOL + "-repartition");
  }

  /** The price may come before what the exchange says of the same step, or after it. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void shouldShowWhatWasSaidBeforeThePriceWhicheverWasQuicker(boolean markFirst) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.positions(MAIN, exchangePosition(BTC, "0.02").setUnrealizedProfit(dec("1")));
    pipeline.pass(1000);

    // when
    Outputs outputs =
        pipeline.when(
            it -> {
              if (markFirst) {
                it.mark(BTC, "71200");
              }
              it.positions(MAIN, exchangePosition(BTC, "0.02").setUnrealizedProfit(dec("2")));
              if (!markFirst) {
                it.mark(BTC, "71200");
              }
            });

    // then
    assertThat(outputs.snapshots())
        .extracting(each -> each.getExchange().getUnrealizedProfit().intValue())
        .containsExactly(1);
  }

  @Test
  void shouldShowWhatWasSaidBeforeTheLedgerKnewThePosition() {
    // given: the exchange speaks before the fill is booked
    pipeline.positions(MAIN, exchangePosition(BTC, "0.02"));
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000).candle(BTC, "71200"));

    // then
    assertThat(outputs.snapshots()).hasSize(1);
    assertThat(outputs.snapshots().get(0).getExchange().getEntryPrice())
        .isEqualByComparingTo("71000.5");
  }

  @Test
  void shouldShowItWithALedgerRowToo() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.positions(MAIN, exchangePosition(BTC, "0.02"));
    pipeline.pass(1000).mark(BTC, "71200");

    // when
    Outputs outputs = pipeline.when(it -> it.adopt(MAIN, BTC, OrderSide.BUY, "0.01", "71000"));

    // then: with the quantity that it has not heard of yet
    assertThat(outputs.snapshots()).hasSize(1);
    assertThat(outputs.snapshots().get(0).getQuantity()).isEqualByComparingTo("0.03");
    assertThat(outputs.snapshots().get(0).getExchange().getQuantity()).isEqualByComparingTo("0.02");
  }

  @ParameterizedTest
  @CsvSource({"GONE", "SHORT", "NO_ACCOUNT"})
  void shouldShowNoPositionThatTheExchangeDoesNotHave(String now) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.positions(MAIN, exchangePosition(BTC, "0.02"));
    pipeline.pass(1000);
    switch (now) {
      case "GONE" -> pipeline.positions(MAIN);
      case "SHORT" ->
          pipeline.positions(MAIN, exchangePosition(BTC, "0.02").setSide(PositionSide.SHORT));
      default -> pipeline.send(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, MAIN, null);
    }

    // when: only the mark is new, as wallets would say the position again
    Outputs outputs = pipeline.when(it -> it.clock(it.nowMs() + 1000).mark(BTC, "71200"));

    // then
    assertThat(outputs.snapshots())
        .extracting(PositionSnapshot::getExchange)
        .containsExactly((io.quantumtrader.schemas.avro.ExchangePosition) null);
  }

  @Test
  void shouldKeepAPositionInWhatIsNoSymbolToItself() {
    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.positions(TWIN, exchangePosition("no:symbol", "1"), exchangePosition("", "1")));

    // then
    assertThat(outputs.topics())
        .noneMatch(topic -> topic.contains(Names.EXCHANGE_BY_SYMBOL) || topic.contains("dlq"));
  }
}
