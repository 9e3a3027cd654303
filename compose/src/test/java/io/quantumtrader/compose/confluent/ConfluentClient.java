package io.quantumtrader.compose.confluent;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's own serializers, as a service that was not built here has them. Their jar is loaded
 * beside the class path: it has an older Kafka inside, which must not come before ours, and this
 * way Kafka, Avro and the generated classes are the ones of the class path.
 */
final class ConfluentClient implements AutoCloseable {

  private static final Path JAR = Path.of("target", "confluent", "pinot-confluent-avro-shaded.jar");
  private static final String SERIALIZERS = "io.confluent.kafka.serializers.";
  private static final String CLIENT = "io.confluent.kafka.schemaregistry.client.rest.";

  private final URLClassLoader loader;

  /** Loads the jar. */
  ConfluentClient() throws MalformedURLException {
    if (!Files.isRegularFile(JAR)) {
      throw new IllegalStateException("there is no " + JAR + "; build the module with Maven");
    }
    loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, getClass().getClassLoader());
  }

  /** Returns Confluent's KafkaAvroSerializer with these settings. */
  @SuppressWarnings("unchecked")
  Serializer<Object> serializer(Map<String, ?> settings) {
    Serializer<Object> serializer = (Serializer<Object>) make("KafkaAvroSerializer");
    inItsClassLoader(() -> serializer.configure(settings, false));
    return serializer;
  }

  /** Returns Confluent's KafkaAvroDeserializer with these settings. */
  @SuppressWarnings("unchecked")
  Deserializer<Object> deserializer(Map<String, ?> settings) {
    Deserializer<Object> deserializer = (Deserializer<Object>) make("KafkaAvroDeserializer");
    inItsClassLoader(() -> deserializer.configure(settings, false));
    return deserializer;
  }

  /** Returns what a registry answered, if that is why this was thrown: 409 is a refused schema. */
  Optional<Integer> status(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each.getClass().getName().equals(CLIENT + "exceptions.RestClientException")) {
        try {
          return Optional.of((Integer) each.getClass().getMethod("getStatus").invoke(each));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Optional.empty();
  }

  private Object make(String name) {
    try {
      return loader.loadClass(SERIALIZERS + name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kafka looks up the classes that a setting names, defaults included, in the thread's loader. */
  private void inItsClassLoader(Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
