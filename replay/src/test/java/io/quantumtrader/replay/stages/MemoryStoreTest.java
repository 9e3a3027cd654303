package io.quantumtrader.replay.stages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest {

  private final List<String> changes = new ArrayList<>();
  private final MemoryStore<String, Long> store =
      new MemoryStore<>(
          "store",
          "changelog",
          Serdes.String(),
          Serdes.Long(),
          (key, value) ->
              changes.add(
                  new String(key, UTF_8)
                      + "="
                      + (value == null ? "gone" : HexFormat.of().formatHex(value))));

  @Test
  void shouldTellItsChangelogOfEachChangeAlsoOfOneThatChangesNothing() {
    store.put("a", 1L);
    store.put("a", 1L);
    assertThat(store.delete("a")).isEqualTo(1L);
    assertThat(store.delete("b")).isNull();

    assertThat(changes)
        .containsExactly("a=0000000000000001", "a=0000000000000001", "a=gone", "b=gone");
  }

  @Test
  void shouldKeepTheFirstWhereItIsPutOnlyIfAbsent() {
    assertThat(store.putIfAbsent("a", 1L)).isNull();
    assertThat(store.putIfAbsent("a", 2L)).isEqualTo(1L);
    assertThat(store.get("a")).isEqualTo(1L);
  }

  @Test
  void shouldScanAPrefixInTheOrderOfBytes() {
    for (String key : List.of("main:B", "main:A", "main", "main|x", "mainz:A", "m", "maim:Z")) {
      store.put(key, 1L);
    }

    assertThat(keys(store.prefixScan("main:", new StringSerializer())))
        .containsExactly("main:A", "main:B");
    assertThat(keys(store.prefixScan("", new StringSerializer()))).hasSize(7);
    assertThat(keys(store.range("main:A", "mainz:A")))
        .containsExactly("main:A", "main:B", "mainz:A");
    assertThat(keys(store.reverseRange("main:B", null)))
        .containsExactly("main|x", "mainz:A", "main:B");
  }

  @Test
  void shouldOrderKeysAsKafkaDoesWhateverTheirScript() {
    // As UTF-16 the second would come first: it begins with a surrogate.
    store.put("\uFF21", 1L);
    store.put("\uD83D\uDE00", 2L);

    assertThat(keys(store.all())).containsExactly("\uFF21", "\uD83D\uDE00");
    assertThat(keys(store.reverseAll())).containsExactly("\uD83D\uDE00", "\uFF21");
  }

  @Test
  void shouldGoOnThroughRowsThatAreDeletedMeanwhile() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      store.put("k" + random.nextInt(1_000), 1L);
    }
    long before = store.approximateNumEntries();

    long seen = 0;
    try (KeyValueIterator<String, Long> all = store.all()) {
      while (all.hasNext()) {
        store.delete(all.next().key);
        seen++;
      }
    }

    assertThat(seen).isEqualTo(before);
    assertThat(store.approximateNumEntries()).isZero();
  }

  /** As RocksDB does: an iterator sees what was there when it was begun. */
  @Test
  void shouldShowTheRowsAsTheyWereWhateverIsWrittenMeanwhile() {
    Random random = new Random(2);
    TreeMap<String, Long> model = new TreeMap<>();
    for (int round = 0; round < 200; round++) {
      KeyValueIterator<String, Long> rows = round % 2 == 0 ? store.all() : store.range("k2", "k7");
      Map<String, Long> expected =
          round % 2 == 0 ? Map.copyOf(model) : Map.copyOf(model.subMap("k2", true, "k7", true));
      Map<String, Long> seen = new HashMap<>();
      int stop = random.nextInt(60);
      while (rows.hasNext() && seen.size() < stop) {
        KeyValue<String, Long> row = rows.next();
        assertThat(seen.put(row.key, row.value)).isNull();
        write(random, model);
      }
      boolean whole = !rows.hasNext();
      rows.close();
      assertThat(expected).containsAllEntriesOf(seen);
      assertThat(whole).isEqualTo(seen.size() == expected.size());
      write(random, model);
    }
    assertThat(keys(store.all())).containsExactlyElementsOf(model.keySet());
  }

  private void write(Random random, Map<String, Long> model) {
    String key = "k" + random.nextInt(100);
    if (random.nextBoolean()) {
      store.delete(key);
      model.remove(key);
    } else {
      store.put(key, random.nextLong());
      model.put(key, store.get(key));
    }
  }

  private static List<String> keys(KeyValueIterator<String, Long> rows) {
    List<String> keys = new ArrayList<>();
    try (rows) {
      while (rows.hasNext()) {
        String peeked = rows.peekNextKey();
        KeyValue<String, Long> row = rows.next();
        assertThat(row.key).isEqualTo(peeked);
        keys.add(row.key);
      }
    }
    return keys;
  }
}
