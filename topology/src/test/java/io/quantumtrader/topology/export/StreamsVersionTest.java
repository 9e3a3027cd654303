package io.quantumtrader.topology.export;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.MemberRemoval;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.InternalTopicConfig;
import org.apache.kafka.streams.processor.internals.StoreFactory;
import org.junit.jupiter.api.Test;

/** What comes of an export on a Kafka Streams that is not like those of 4.0 and later. */
final class StreamsVersionTest {

  /** Runs inside of a class loader in which a class of Streams lacks a method. */
  public static final class ExportTwo {
    private ExportTwo() {}

    /** Exports a topology without a store, and one with a store. */
    public static List<String> failures() {
      List<String> failures = new ArrayList<>();
      for (boolean withStore : List.of(false, true)) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "shop");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
        StreamsBuilder builder = new StreamsBuilder();
        if (withStore) {
          builder.stream("orders").groupByKey().count();
        } else {
          builder.stream("orders").to("copies");
        }
        try {
          TopologyExporter.export(builder.build(), settings, TopicCatalog.NONE, Map.of());
          failures.add("none");
        } catch (RuntimeException | LinkageError failed) {
          failures.add(failed.getClass().getSimpleName() + ": " + failed.getMessage());
        }
      }
      return failures;
    }
  }

  /** Loads everything of Kafka and of this project anew, one class without one method. */
  private static final class Without extends URLClassLoader {
    private final Class<?> type;
    private final String method;

    Without(Class<?> type, String method) {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.type = type;
      this.method = method;
    }

    private static URL[] classPath() {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        try {
          urls.add(new File(entry).toURI().toURL());
        } catch (IOException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.equals(type.getName())) {
        return super.findClass(name);
      }
      byte[] bytes =
          new ByteBuddy()
              .redefine(type)
              .visit(new MemberRemoval().stripMethods(named(method)))
              .make()
              .getBytes();
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static List<?> failuresWithout(Class<?> type, String method) throws Exception {
    try (Without loader = new Without(type, method)) {
      return (List<?>)
          loader.loadClass(ExportTwo.class.getName()).getMethod("failures").invoke(null);
    }
  }

  /** Kafka Streams 3.9 has no such method. */
  @Test
  void shouldNameTheVersionsWhereAStoreCannotBeLookedInto() throws Exception {
    assertThat(failuresWithout(StoreFactory.class, "builder"))
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(failed.toString())
                    .startsWith("ExportException: Kafka Streams 4.")
                    .contains(" cannot be looked into", "with Kafka Streams 4.0 to 4.3"));
  }

  @Test
  void shouldNameTheVersionsWhereAnythingElseIsMissing() throws Exception {
    assertThat(failuresWithout(InternalTopicConfig.class, "numberOfPartitions"))
        .last()
        .asString()
        .isEqualTo("none");
    assertThat(failuresWithout(StoreFactory.class, "isWindowStore"))
        .last()
        .asString()
        .startsWith("ExportException: ");
  }

  @Test
  void shouldGoThroughWhereItIsThere() {
    assertThat(ExportTwo.failures()).containsOnly("none");
    assertThatThrownBy(
            () -> {
              throw StreamsVersion.refusal(null);
            })
        .isInstanceOf(ExportException.class)
        .hasMessageNotContaining("\n");
  }
}
