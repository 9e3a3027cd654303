package io.quantumtrader.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AgentSettingsTest {

  @Test
  void shouldTradeForAnAccountThatIsThere() {
    assertThat(AgentSettings.DEFAULT.forOneOf(List.of("anna", "main")).account()).isEqualTo("main");
    assertThat(AgentSettings.DEFAULT.forOneOf(List.of("anna", "bert")).account()).isEqualTo("anna");
    assertThat(AgentSettings.DEFAULT.forOneOf(List.of("anna")).margin())
        .isEqualTo(AgentSettings.DEFAULT.margin());
  }
}
