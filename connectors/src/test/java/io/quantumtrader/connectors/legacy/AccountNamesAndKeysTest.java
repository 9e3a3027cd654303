package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.schemas.topic.Accounts;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The keys of an account begin with its name, so no account may have the name of a family of keys.
 */
class AccountNamesAndKeysTest {

  private static final String READERS = "io/quantumtrader/connectors/legacy/readers.json";

  @Test
  void shouldRefuseTheFirstWordOfEveryKeyAsTheNameOfAnAccount() throws Exception {
    Set<String> families = new TreeSet<>();
    for (JsonNode entry : new JsonMapper().readTree(LegacyMapping.resource(READERS))) {
      String key = entry.get("key").asText().replaceFirst("^quantum:", "");
      families.add(key.replaceFirst(":.*", ""));
    }
    assertThat(families).contains("position", "stream", "state", "kill", "connect");
    assertThat(families).noneMatch(Accounts::isName);
  }

  @Test
  void shouldLeaveOtherNamesFree() {
    assertThat(Set.of("main", "alpha", "positions2", "a1", "my-stream")).allMatch(Accounts::isName);
  }
}
