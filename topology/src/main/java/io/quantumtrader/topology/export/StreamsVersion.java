package io.quantumtrader.topology.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.StoreFactory;

/** Which versions of Kafka Streams can be looked into, and which one is there. */
final class StreamsVersion {

  /**
   * The oldest and the newest release that were tried; before 4.0 stores hide how they are made.
   */
  static final String KNOWN = "4.0 to 4.3";

  private static final String FILE = "/kafka/kafka-streams-version.properties";

  private StreamsVersion() {}

  /**
   * Lets only versions through that can be looked into.
   *
   * @throws ExportException naming those that can
   */
  static void require() {
    boolean canTell =
        Arrays.stream(StoreFactory.class.getMethods())
            .anyMatch(method -> method.getName().equals("builder"));
    if (!canTell) {
      throw refusal(null);
    }
  }

  /**
   * Returns what to throw where something of Streams is missing that is there in known versions.
   */
  static ExportException refusal(Throwable cause) {
    return new ExportException(
        "Kafka Streams "
            + present()
            + " cannot be looked into; build the topology with Kafka Streams "
            + KNOWN
            + " to export it",
        cause);
  }

  private static String present() {
    try (InputStream file = Topology.class.getResourceAsStream(FILE)) {
      if (file == null) {
        return "of an unknown version";
      }
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "of an unknown version");
    } catch (IOException unreadable) {
      return "of an unknown version";
    }
  }
}
