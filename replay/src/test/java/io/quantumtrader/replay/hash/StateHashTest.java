package io.quantumtrader.replay.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.replay.run.MemoryScheme;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.serde.SerdeConfig;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Names;
import io.quantumtrader.topology.QuantumTopology;
import io.quantumtrader.topology.StreamsSettings;
import io.quantumtrader.topology.export.TopologyGraph;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

final class StateHashTest {

  private static final byte[] AVRO = {0, 0, 0, 0, 7, 42};
  private static final byte[] BY_ANOTHER_REGISTRY = {0, 0, 0, 0, 9, 42};
  private static final byte[] OTHER = {0, 0, 0, 0, 7, 43};

  private static StateHash hash(Consumer<StateRows> rows) {
    StateRows filled = new StateRows();
    rows.accept(filled);
    return StateHash.of(filled);
  }

  private static StateHash ledger(int partition, boolean avro, byte[] value) {
    return hash(rows -> rows.store(Names.LEDGER_STORE, partition, avro, key("main:A"), value));
  }

  private static byte[] key(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void shouldBeTheSameWhateverIdsTheRegistryGives() {
    StateHash own = ledger(0, true, AVRO);

    assertThat(ledger(1, true, BY_ANOTHER_REGISTRY)).isEqualTo(own);
    assertThat(ledger(0, true, OTHER).whole()).isNotEqualTo(own.whole());
    assertThat(ledger(0, false, AVRO).whole()).isNotEqualTo(own.whole());
  }

  @Test
  void shouldFoldAChangelogToItsLastRows() {
    StateHash folded =
        hash(
            rows -> {
              rows.store(Names.LEDGER_STORE, 0, true, key("main:A"), OTHER);
              rows.store(Names.LEDGER_STORE, 0, true, key("main:B"), OTHER);
              rows.store(Names.LEDGER_STORE, 0, true, key("main:A"), AVRO);
              rows.store(Names.LEDGER_STORE, 0, true, key("main:B"), null);
            });

    assertThat(folded).isEqualTo(ledger(0, true, AVRO));
  }

  @Test
  void shouldLeaveOutChangesOfThePolicyThatWait() {
    StateHash without = hash(rows -> rows.topic(Topic.POLICY, key("default"), AVRO));
    StateHash with =
        hash(
            rows -> {
              rows.topic(Topic.POLICY, key("default"), AVRO);
              rows.topic(Topic.POLICY_SCHEDULE, key("0a1b2c3d"), OTHER);
            });

    assertThat(with).isEqualTo(without);
  }

  @Test
  void shouldTellAccountsApartWhereverTheyStandInTheKey() {
    StateHash all =
        hash(
            rows -> {
              rows.store(Names.LEDGER_STORE, 0, true, key("main:A"), AVRO);
              rows.store(Names.OPEN_PLAN_STORE, 1, true, key("second|p"), AVRO);
              rows.store(Names.SEEN_INTENT_STORE, 1, false, key("00000001|third|i"), AVRO);
              rows.store(Names.OPEN_POSITION_STORE, 1, true, key("A:fourth"), AVRO);
              rows.topic(Topic.PORTFOLIO_STATE, key("fifth"), AVRO);
              rows.topic(Topic.MARKET_STATE, key("A"), AVRO);
            });

    assertThat(all.accounts()).containsOnlyKeys("main", "second", "third", "fourth", "fifth");
    assertThat(all.tables()).hasSize(6);
  }

  @Test
  void shouldTellTheTasksClocksApartAndLeaveTheFeedsEpochOut() {
    Consumer<StateRows> clocks =
        rows -> {
          rows.store(Names.CLOCK_STORE, 0, false, key("now"), AVRO);
          rows.store(Names.CLOCK_STORE, 1, false, key("now"), OTHER);
        };

    assertThat(hash(clocks).tables()).hasSize(2);
    assertThat(
            hash(
                clocks.andThen(
                    rows -> rows.store(Names.CLOCK_STORE, 1, false, key("epoch"), OTHER))))
        .isEqualTo(hash(clocks));
  }

  @Test
  void shouldKnowWhoseTheRowsOfEveryStoreAre() {
    StateRows rows = new StateRows();
    Set<String> stores = new TreeSet<>();
    for (TopologyGraph.Part part : graph().subtopologies()) {
      part.stores()
          .forEach(
              (name, store) -> {
                if (store.logged()) {
                  stores.add(name);
                }
              });
    }

    for (String store : stores) {
      rows.store(store, 1, false, key("00000001|main:A|main"), AVRO);
    }

    assertThat(StateHash.of(rows).tables()).hasSameSizeAs(stores).isNotEmpty();
    assertThatThrownBy(() -> rows.store("other-store", 0, false, key("main"), AVRO))
        .hasMessageContaining("other-store");
  }

  private static TopologyGraph graph() {
    String registry = MemoryScheme.begin("state-hash");
    try (RecordSerdes serdes = new RecordSerdes(Map.of(SerdeConfig.REGISTRY_URL, registry))) {
      Properties configuration =
          new StreamsSettings(
                  Map.of(
                      StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                      "none:0",
                      SerdeConfig.REGISTRY_URL,
                      registry))
              .properties();
      return TopologyGraph.of(
          QuantumTopology.build(serdes, PartitionCounts.DEFAULT, configuration), configuration);
    } finally {
      MemoryScheme.end(registry);
    }
  }
}
