package io.quantumtrader.compose.readme;

import static java.util.Map.entry;

import java.util.Map;

/** The commands of the pages that {@link ReadmeCommandsTest} does not type. */
final class NotTyped {

  /** By their first words, and who holds them, or why nobody does. */
  private static final Map<String, String> WHY =
      Map.ofEntries(
          entry("mvn verify", "it is the build that runs this test"),
          entry("mvn test", "a part of it"),
          entry(".ci/run", "the same"),
          entry("mvn spotless:apply", "the build checks with the same plugin"),
          entry("mvn -pl MODULE -am verify", "a form of the build, with a word to put in"),
          entry("mvn -q -pl schemas test -Dtest=GeneratedPagesTest", "the build runs this test"),
          entry("mvn -q -pl bench -am test -Dtest=CommandsPageTest", "the same"),
          entry("mvn -q -pl connectors -am test -Dtest=RedisContractPageTest", "the same"),
          entry("mvn -P mutation -pl topology", "takes ten minutes, and is no test itself"),
          entry("mvn -pl connectors -am package", "a part of the build that runs this test"),
          entry("mvn -P confluent -pl schemas test", "the README says that nobody could run it"),
          entry(
              "./quantum service preflight --exchange demo",
              "asks the exchange; PreflightOnTwinTest, on its twin"),
          entry(
              "./quantum flatten --direct --exchange demo",
              "closes at the exchange; DirectCommandsTest, on its twin"),
          entry(
              "./quantum up --exchange demo",
              "trades on the exchange; DemoPipelineTest, on its twin"),
          entry(
              "./quantum smoke --exchange demo",
              "trades on the exchange; DemoPipelineTest, on its twin"),
          entry("./quantum control reduce", "OperatorOrdersOnBrokerTest, with a clock of its own"),
          entry("./quantum control stop", "the same"),
          entry("./quantum control lock", "the same"),
          entry("./quantum control unlock", "the same"),
          entry("./quantum policy withdraw", "PolicyRampOnBrokerTest, with a change that waits"),
          entry("./quantum approvals grant", "ApprovalsOnBrokerTest, with a plan that waits"),
          entry("./quantum service exchange-twin", "DirectCommandsTest"),
          entry("./quantum schemas freeze", "writes into the tree; SchemasCommandTest, on a copy"),
          entry("./quantum record --out monday", "UpReplayTest, of an up that has come to its end"),
          entry("./quantum replay --candles examples/candles --until", "SplitCommandTest, in app"),
          entry(
              "./quantum replay --candles examples/candles --from-state",
              "SplitCommandTest, in app, of that state"),
          entry("./quantum replay monday", "UpReplayTest, of that recording"),
          entry("./quantum replay --live", "UpReplayTest, of the same"),
          entry("./quantum record --out old --from-redis", "RecordRedisTest, of another Redis"),
          entry(
              "./quantum replay --candles examples/candles --intents old",
              "RecordRedisTest, of that recording"),
          entry("./quantum hash", "UpReplayTest, compared with the hash of a replay"),
          entry("./quantum simulate", "SimulateCommandTest, in app"),
          entry("./quantum bundle", "BundleOnBrokerTest, with logs and metrics, and why of it"),
          entry("./quantum bench", "takes minutes; BenchCommandTest and EntriesTest, in bench"),
          entry(
              "./quantum up --redis-prefix quantum:shadow:",
              "UpReplayTest has the option on a line of its own"));

  private NotTyped() {}

  /** Returns whether a command is one of them, whatever follows its first words. */
  static boolean covers(String command) {
    return WHY.keySet().stream().anyMatch(words -> (command + " ").startsWith(words + " "));
  }
}
