package io.quantumtrader.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.registration.Registration;
import io.quantumtrader.schemas.testing.TestBroker;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.TopicSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Operators who have looked at the same version before any of them writes: no race, but the order
 * that a race has at worst, on a real broker.
 */
@Tag("real")
final class PolicySessionTest {

  @Command(name = "desk")
  static final class Operator {
    @Mixin private PolicyDesk desk = new PolicyDesk();
  }

  private static TestBroker broker;
  private static String registry;

  private String account;

  @BeforeAll
  static void register() {
    broker = TestBroker.start();
    registry = "mock://" + UUID.randomUUID();
    new Registration(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry),
            new TopicSettings(PartitionCounts.DEFAULT, (short) 1, Map.of("retention.ms", "-1")),
            Duration.ofSeconds(60))
        .run(1);
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  @BeforeEach
  void takeAnAccount() {
    account = UUID.randomUUID().toString().substring(0, 32);
  }

  @Test
  void shouldLetExactlyOneWinOfTwoWhoReadTheSameVersion() {
    for (int version = 1; version <= 2; version++) {
      // given two who see the same: at first no record, then a version
      PolicySession quick = begin(account);
      PolicySession slow = begin(account);
      assertThat(slow.before().versionOf(account)).isEqualTo(version - 1);

      // when
      write(quick, 100 + version);
      CommandFailure refused = refused(slow, 200 + version);

      // then
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused)
          .hasMessageContaining(
              "somebody else changed the policy of " + account + " to version " + version);
      assertThat(own()).hasSize(version).allMatch(policy -> policy.getHaltMs() < 200);
      assertThat(own().getLast().getVersion()).isEqualTo(version);
    }
  }

  @Test
  void shouldRefuseAnAccountsFirstVersionWhereTheDefaultThatItStartsFromIsAnother() {
    // given
    PolicySession ofAccount = begin(account);
    PolicySession ofAll = begin(Policies.DEFAULT);

    // when
    write(ofAll, ofAll.held().policy().getHaltMs());
    CommandFailure refused = refused(ofAccount, 5);

    // then
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(own()).isEmpty();
  }

  @Test
  void shouldNotUseANumberAgainThatCameAndWentAfterItLooked() {
    // given
    PolicySession slow = begin(account);
    write(begin(account), 5);
    begin(account).write(Optional.empty(), "over", 0);

    // when: what holds is the default, as it was
    write(slow, 6);

    // then
    assertThat(own()).extracting(Policy::getVersion).containsExactly(1L, 2L);
  }

  private PolicySession begin(String key) {
    Operator operator = new Operator();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    new CommandLine(operator)
        .setOut(nowhere)
        .setErr(nowhere)
        .parseArgs("--bootstrap-servers", broker.bootstrapServers(), "--schema-registry", registry);
    return PolicySession.begin(operator.desk, key);
  }

  private static void write(PolicySession session, long haltMs) {
    Policy wanted = Policy.newBuilder(session.held().policy()).setHaltMs(haltMs).build();
    session.write(Optional.of(wanted), "why", 0);
  }

  private static CommandFailure refused(PolicySession session, long haltMs) {
    return catchThrowableOfType(CommandFailure.class, () -> write(session, haltMs));
  }

  private List<Policy> own() {
    return begin(account).before().records().stream()
        .filter(record -> record.key().equals(account))
        .flatMap(record -> record.policy().stream())
        .toList();
  }
}
