package io.quantumtrader.app.access;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/** The page of the rights that each service needs, written from {@link ServiceRights}. */
public final class AccessPage {

  private static final String NAME = "access.md";

  private static final String INTRODUCTION =
      """
      Where the broker asks who one is, give each service a user of its own, and its settings in a
      file or in the environment:

      ```properties
      security.protocol=SASL_SSL
      sasl.mechanism=SCRAM-SHA-512
      sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
        username="stages" password="...";
      ssl.truststore.location=/etc/quantum/broker.p12
      ssl.truststore.password=...
      schema.registry.url=https://registry:8081
      basic.auth.credentials.source=USER_INFO
      basic.auth.user.info=stages:...
      redis.username=quantum
      redis.password=...
      ```

      `./quantum service stages --config stages.properties --state-dir ...` reads it; so does every other
      command, `up` included, and `QUANTUM_CONFIG` names it where the option is not given. Names are those
      of Kafka's clients, of the registry's (in Confluent's names) and of the Redis connectors;
      `bootstrap.servers`, `schema.registry.url` and `redis.uri` stand in for the options. In the
      environment `sasl.mechanism` is `QUANTUM_KAFKA_SASL_MECHANISM`, `basic.auth.user.info` is
      `QUANTUM_REGISTRY_BASIC_AUTH_USER_INFO`, `redis.password` is `QUANTUM_REDIS_PASSWORD`; variables go
      before the file, options before both. A `client.id` comes before the name of each client. An unknown
      name is refused, and so is a setting that the pipeline relies on (`isolation.level`, `group.id`,
      `acks` and their like).

      `service connectors` hands registry and Redis settings on to Connect. What is secret it does not: the
      workers take it from the variable of the same name in their own environment. How the workers get into
      Kafka is for their own configuration (`security.protocol`, and again with `consumer.`, `producer.`
      and `admin.` before it).

      Rights are granted with `kafka-acls.sh --add --allow-principal User:stages`, and with
      `--operation`, `--topic`, `--group`, `--transactional-id` and `--resource-pattern-type prefixed` as
      the tables say. `SecuredPipelineTest` runs every service with exactly these rights on a broker with
      TLS, and checks that none is missing and that each is used. Describing comes with reading and
      writing. `up`, `import redis` and `redis rebuild` are for somebody who may do all of it.

      """;

  private AccessPage() {}

  /** Returns the page. */
  public static GeneratedPage page() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (ServiceRights each : ServiceRights.values()) {
      text.append("## ").append(each.title()).append("\n\n");
      if (each.rights().isEmpty()) {
        text.append("None: every user may ask for the cluster's id.\n\n");
        continue;
      }
      text.append("| on | name | may |\n|---|---|---|\n");
      each.rights().forEach(right -> text.append(row(right)));
      text.append('\n');
    }
    return new GeneratedPage(NAME, "Access", text.toString().stripTrailing() + "\n");
  }

  private static String row(Right right) {
    return "| %s | `%s`%s | %s |%n"
        .formatted(
            right.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            right.name(),
            right.pattern() == PatternType.PREFIXED ? " and what begins so" : "",
            right.operations().stream()
                .map(AclOperation::name)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', ' '))
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
