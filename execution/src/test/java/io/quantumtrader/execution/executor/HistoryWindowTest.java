package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From when on an executor that starts reads what was committed. */
final class HistoryWindowTest {

  private static final long NOW = 1_780_000_000_000L;
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final Map<String, ExchangeAccount> accounts = new HashMap<>();

  private void published(String account, long atMs) {
    accounts.put(
        account,
        ExchangeAccount.newBuilder()
            .setAccount(account)
            .setAsOfMs(atMs)
            .setWallet(BigDecimal.TEN)
            .build());
  }

  private long sinceMs() {
    return KafkaHistoryReader.sinceMs(accounts, List.of("main", "second"), NOW);
  }

  @ParameterizedTest(name = "published {0} h ago: from {1} h ago")
  @CsvSource({"0, 24", "1, 25", "119, 143", "120, 144", "121, 144", "2000, 144", "-5, 24"})
  void shouldReadADayBeforeTheAccountWasPublishedAndSixAtTheMost(long publishedHours, long hours) {
    // given
    published("main", NOW - Duration.ofHours(publishedHours).toMillis());

    // then
    assertThat(NOW - sinceMs()).isEqualTo(Duration.ofHours(hours).toMillis());
  }

  @Test
  void shouldGoByTheAccountThatWasPublishedLongestAgo() {
    // given
    published("main", NOW);
    published("second", NOW - DAY_MS);

    // then
    assertThat(sinceMs()).isEqualTo(NOW - 2 * DAY_MS);
  }

  @Test
  void shouldNotGoByAnAccountThatIsNotTheExchanges() {
    // given
    published("main", NOW);
    published("gone", NOW - DAY_MS);

    // then
    assertThat(sinceMs()).isEqualTo(NOW - DAY_MS);
  }

  @Test
  void shouldReadADayWhereNothingWasPublished() {
    assertThat(sinceMs()).isEqualTo(NOW - DAY_MS);
  }
}
