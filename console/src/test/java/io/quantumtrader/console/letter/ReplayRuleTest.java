package io.quantumtrader.console.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.docs.GeneratedPage;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sending again means, for every writer of dead letters and every topic they come from. */
final class ReplayRuleTest {

  private static final String ADR = "adr/0044-a-dead-letter-is-sent-again-once.md";

  @ParameterizedTest
  @CsvSource({
    "STAGES, TRADE_INTENT, INTENT",
    "STAGES, APPLY_RESULT, RESULT",
    "STAGES, CLOCK, CLOCK",
    "STAGES, CANDLE, PRICE",
    "STAGES, MARK, PRICE",
    "STAGES, EXCHANGE_ACCOUNT, ROW",
    "STAGES, POSITION_SNAPSHOT, ROW",
    "STAGES, HARVEST_PROPOSAL, ROW",
    "TABLES, POLICY, POLICY",
    "TABLES, CONTROL, CONTROL",
    "TABLES, INSTRUMENT, TABLE",
    "TABLES, UNIVERSE, TABLE",
    "TABLES, MARKET_STATE, TABLE",
    "EXECUTOR, APPLY_PLAN, PLAN",
    "EXECUTOR, APPROVAL, APPROVAL",
    "EXECUTOR, CLOCK, CLOCK",
    "AGENT, MARKET_STATE, OF_AGENT",
    "AGENT, UNIVERSE, OF_AGENT",
    "AGENT, CLOCK, OF_AGENT",
    "FEED, TRADE_INTENT, OF_FEED",
    "REDIS_SOURCE, TRADE_INTENT, OF_REDIS_SOURCE",
    "REDIS_SINK, TRADE_INTENT, OF_REDIS_SINK",
    "REDIS_SINK, APPLY_PLAN, OF_REDIS_SINK",
    "REDIS_SINK, DECISION, OF_REDIS_SINK",
    "UNKNOWN, TRADE_INTENT, OTHER",
    "UNKNOWN, CLOCK, OTHER",
    "EXECUTOR, TRADE_INTENT, OTHER",
    "STAGES, APPLY_PLAN, OTHER",
    "TABLES, TRADE_INTENT, OTHER"
  })
  void shouldSayWhatSendingAgainMeans(LetterReader reader, Topic topic, ReplayRule rule) {
    assertThat(ReplayRule.of(reader, topic.topicName())).isEqualTo(rule);
  }

  @Test
  void shouldSendAgainWhatTheStagesAndTheExecutorTakeOnceAndNothingElse() {
    List<String> allowed =
        Arrays.stream(LetterReader.values())
            .flatMap(
                reader ->
                    Stream.concat(
                            Arrays.stream(Topic.values()).map(Topic::topicName),
                            Stream.of("quantum-streams-ledger-by-symbol-repartition", ""))
                        .filter(topic -> ReplayRule.of(reader, topic).isAllowed())
                        .map(topic -> reader.label() + " " + topic))
            .toList();

    assertThat(allowed)
        .containsExactlyInAnyOrder("stages quantum.trade.intent", "executor quantum.apply.plan");
  }

  @Test
  void shouldLeaveWhatLiesBetweenTheStagesAlone() {
    for (LetterReader reader : List.of(LetterReader.STAGES, LetterReader.TABLES)) {
      assertThat(ReplayRule.of(reader, "quantum-streams-x-repartition"))
          .isEqualTo(ReplayRule.BETWEEN_STAGES);
    }
    assertThat(ReplayRule.of(LetterReader.REDIS_SINK, "elsewhere"))
        .isEqualTo(ReplayRule.OF_REDIS_SINK);
  }

  @Test
  void shouldSayForEachRuleThatRefusesWhatToDoInstead() {
    assertThat(ReplayRule.values())
        .filteredOn(rule -> !rule.isAllowed())
        .extracting(ReplayRule::refusal)
        .doesNotHaveDuplicates()
        .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(30).doesNotEndWith("."));
  }

  @Test
  void shouldBeTheTableOfTheRecordOfTheDecision() throws IOException {
    Path file = GeneratedPage.directory().resolve(ADR);
    GeneratedPage page = new GeneratedPage(ADR, "44", ReplayRule.table());
    if (Boolean.getBoolean("quantum.docs.write")) {
      page.write(GeneratedPage.directory());
    }

    assertThat(Files.readString(file)).contains("ReplayRule");
    assertThat(page.outdated(GeneratedPage.directory()))
        .as("write it with -Dtest=ReplayRuleTest -Dquantum.docs.write=true")
        .isEmpty();
  }
}
