package io.quantumtrader.topology.compare;

import io.quantumtrader.topology.export.TopicCatalog;
import io.quantumtrader.topology.export.TopologyExport;
import io.quantumtrader.topology.export.TopologyExporter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A pipeline that has nothing to do with this project, in as many variants as there are mutations:
 * orders, totalled by customer and, behind a repartition, by city.
 */
final class Shop {

  String applicationId = "shop";
  String totalStore = "total-store";
  Serde<?> totalSerde = Serdes.Long();
  boolean totalLogged = true;
  boolean totalCached;
  boolean totalOnDisk;
  boolean totalWindowed;
  boolean filter;
  boolean statelessSwapped;
  boolean statefulSwapped;
  boolean seenStage = true;
  boolean seenElsewhere;
  boolean addedInFront;
  boolean reminders;
  boolean returns;
  boolean totalsWritten = true;
  String citySink = "cities";
  String byCity = "by-city";
  int byCityCount = 2;
  boolean cityTogether;
  boolean join;
  String joinName = "paid";
  String cleanName = "clean";
  String orders = "orders";
  final Map<String, Integer> partitions = new HashMap<>();
  final Map<String, String> types = new HashMap<>();
  final Map<String, String> cleanup = new HashMap<>();

  TopologyExport export() {
    StreamsBuilder builder = new StreamsBuilder();
    if (addedInFront) {
      builder.stream("hints", consumed("hint-source")).to("hints-read", produced("hint-sink"));
    }
    KStream<String, String> orders = clean(source(builder));
    totals(builder, orders);
    cities(builder, orders);
    if (reminders) {
      builder.stream("reminders", consumed("reminder-source")).to("mails", produced("mail-sink"));
    }
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    return TopologyExporter.export(builder.build(settings), settings, catalog(), Map.of());
  }

  private TopicCatalog catalog() {
    return name ->
        Optional.of(
            new TopicCatalog.Entry(
                partitions.getOrDefault(name, 3),
                Map.of("cleanup.policy", cleanup.getOrDefault(name, "compact")),
                "customer",
                types.getOrDefault(name, "Text")));
  }

  private KStream<String, String> source(StreamsBuilder builder) {
    KStream<String, String> source = builder.stream(orders, consumed("order-source"));
    if (returns) {
      source =
          source.merge(
              builder.stream("returns", consumed("return-source")), Named.as("with-returns"));
    }
    if (join) {
      KStream<String, String> payments = builder.stream("payments", consumed("payment-source"));
      StreamJoined<String, String, String> joined =
          StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String());
      source =
          source.join(
              payments,
              (order, payment) -> order,
              JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofMinutes(5)),
              joinName == null ? joined : joined.withName(joinName).withStoreName(joinName));
    }
    return source;
  }

  private KStream<String, String> clean(KStream<String, String> from) {
    KStream<String, String> valid = from;
    if (statelessSwapped) {
      valid = valid.mapValues(String::strip, Named.as("strip"));
    }
    valid = valid.mapValues(String::trim, Named.as(cleanName));
    if (!statelessSwapped) {
      valid = valid.mapValues(String::strip, Named.as("strip"));
    }
    return filter ? valid.filter((key, value) -> value != null, Named.as("no-nulls")) : valid;
  }

  private void totals(StreamsBuilder builder, KStream<String, String> orders) {
    builder.addStateStore(totalStore());
    KStream<String, String> out = orders;
    if (seenStage && !seenElsewhere && !statefulSwapped) {
      out = seen(builder, out);
    }
    out = out.process(Pass::new, Named.as("totals"), totalStore);
    if (seenStage && !seenElsewhere && statefulSwapped) {
      out = seen(builder, out);
    }
    if (seenElsewhere) {
      out =
          seen(
              builder,
              out.repartition(
                  Repartitioned.<String, String>as("to-seen")
                      .withKeySerde(Serdes.String())
                      .withValueSerde(Serdes.String())
                      .withNumberOfPartitions(3)));
    }
    if (totalsWritten) {
      out.to("totals-out", produced("total-sink"));
    }
  }

  private static KStream<String, String> seen(StreamsBuilder builder, KStream<String, String> in) {
    builder.addStateStore(keyValue("seen-store", Serdes.Integer()));
    return in.process(Pass::new, Named.as("seen"), "seen-store");
  }

  private StoreBuilder<?> totalStore() {
    if (totalWindowed) {
      return Stores.windowStoreBuilder(
          Stores.inMemoryWindowStore(totalStore, Duration.ofHours(1), Duration.ofMinutes(1), false),
          Serdes.String(),
          totalSerde);
    }
    StoreBuilder<?> store =
        totalOnDisk
            ? Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(totalStore), Serdes.String(), totalSerde)
            : keyValue(totalStore, totalSerde);
    if (totalCached) {
      store = store.withCachingEnabled();
    }
    return totalLogged ? store : store.withLoggingDisabled();
  }

  private static StoreBuilder<?> keyValue(String name, Serde<?> value) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), value);
  }

  private void cities(StreamsBuilder builder, KStream<String, String> orders) {
    builder.addStateStore(keyValue("city-store", Serdes.Double()));
    KStream<String, String> byCity = cityTogether ? orders : orders.repartition(repartitioned());
    byCity.process(Pass::new, Named.as("cities"), "city-store").to(citySink, produced("city-sink"));
  }

  private Repartitioned<String, String> repartitioned() {
    Repartitioned<String, String> with = Repartitioned.with(Serdes.String(), Serdes.String());
    return (byCity == null ? with : with.withName(byCity)).withNumberOfPartitions(byCityCount);
  }

  private static Consumed<String, String> consumed(String name) {
    return Consumed.with(Serdes.String(), Serdes.String()).withName(name);
  }

  private static Produced<String, String> produced(String name) {
    return Produced.with(Serdes.String(), Serdes.String()).withName(name);
  }

  private static final class Pass extends ContextualProcessor<String, String, String, String> {
    @Override
    public void process(Record<String, String> record) {
      context().forward(record);
    }
  }
}
