package io.quantumtrader.app.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which variables switch on which receiver, and what is said where they do not go together. */
final class AlertReceiversTest {

  private static final Map<String, String> ALL =
      Map.of(
          "QUANTUM_ALERT_WEBHOOK_URL", "https://example.org/hook?key=s3cret",
          "QUANTUM_ALERT_MAIL_TO", "ann@example.org, bob@example.org",
          "QUANTUM_ALERT_MAIL_FROM", "bot@example.org",
          "QUANTUM_ALERT_MAIL_SERVER", "mail.example.org:587",
          "QUANTUM_ALERT_MAIL_USER", "bot",
          "QUANTUM_ALERT_MAIL_PASSWORD", "s3cret pass\"word",
          "QUANTUM_ALERT_TELEGRAM_TOKEN", "123:AAs3cret_-x",
          "QUANTUM_ALERT_TELEGRAM_CHAT", "-1001234567890");

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(ALL);
    changed.put(name, value);
    return changed;
  }

  @Test
  void shouldSwitchOnWhatIsSet() {
    // when
    AlertReceivers receivers = AlertReceivers.of(ALL);

    // then
    assertThat(receivers.on()).containsExactly("webhook", "mail", "Telegram");
    assertThat(receivers.webhook()).contains("https://example.org/hook?key=s3cret");
    AlertReceivers.Mail mail = receivers.mail().orElseThrow();
    assertThat(mail.to()).containsExactly("ann@example.org", "bob@example.org");
    assertThat(mail.login()).contains(new AlertReceivers.Login("bot", "s3cret pass\"word"));
    assertThat(mail.tls()).isTrue();
    assertThat(receivers.telegram())
        .contains(
            new AlertReceivers.Telegram(
                "123:AAs3cret_-x", -1001234567890L, "https://api.telegram.org"));
    assertThat(receivers.toString()).doesNotContain("s3cret pass").doesNotContain("AAs3cret");
  }

  @Test
  void shouldSwitchOnNothingWhereOnlyDefaultsAreSet() {
    AlertReceivers none =
        AlertReceivers.of(
            Map.of(
                "QUANTUM_ALERT_WEBHOOK_URL", " ",
                "QUANTUM_ALERT_MAIL_TO", "",
                "QUANTUM_ALERT_MAIL_TLS", "true",
                "QUANTUM_ALERT_TELEGRAM_URL", "https://api.telegram.org"));

    assertThat(none.on()).isEmpty();
    assertThat(none)
        .isEqualTo(new AlertReceivers(Optional.empty(), Optional.empty(), Optional.empty(), ""));
  }

  @Test
  void shouldSendMailWithoutALoginAndWithoutTls() {
    Map<String, String> environment = with("QUANTUM_ALERT_MAIL_TLS", "false");
    environment.keySet().removeIf(name -> name.matches(".*(USER|PASSWORD)"));

    AlertReceivers.Mail mail = AlertReceivers.of(environment).mail().orElseThrow();

    assertThat(mail.login()).isEmpty();
    assertThat(mail.tls()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAIL_TO        | mail is half set: set QUANTUM_ALERT_MAIL_TO too, or none of its variables
          MAIL_FROM      | mail is half set: set QUANTUM_ALERT_MAIL_FROM too, or none of its variables
          MAIL_SERVER    | mail is half set: set QUANTUM_ALERT_MAIL_SERVER too, or none of its variables
          MAIL_USER      | the login at the mail server is half set: set QUANTUM_ALERT_MAIL_USER too, or none of its variables
          MAIL_PASSWORD  | the login at the mail server is half set: set QUANTUM_ALERT_MAIL_PASSWORD too, or none of its variables
          TELEGRAM_TOKEN | Telegram is half set: set QUANTUM_ALERT_TELEGRAM_TOKEN too, or none of its variables
          TELEGRAM_CHAT  | Telegram is half set: set QUANTUM_ALERT_TELEGRAM_CHAT too, or none of its variables
          """)
  void shouldSayWhatIsMissingOfAReceiverThatIsHalfSet(String variable, String message) {
    for (String missing : new String[] {"", "  "}) {
      assertThatThrownBy(() -> AlertReceivers.of(with("QUANTUM_ALERT_" + variable, missing)))
          .isInstanceOfSatisfying(
              CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
          .hasMessage(message);
    }
  }

  @Test
  void shouldNameEverythingThatIsMissing() {
    assertThatThrownBy(() -> AlertReceivers.of(Map.of("QUANTUM_ALERT_MAIL_PASSWORD", "s3cret")))
        .hasMessage(
            "mail is half set: set QUANTUM_ALERT_MAIL_TO and QUANTUM_ALERT_MAIL_FROM and"
                + " QUANTUM_ALERT_MAIL_SERVER too, or none of its variables");
  }

  @ParameterizedTest
  @CsvSource({
    "WEBHOOK_URL, example.org/s3cret",
    "WEBHOOK_URL, ftp://example.org/s3cret",
    "WEBHOOK_URL, https://example.org/{{s3cret}}",
    "MAIL_TO, s3cret",
    "MAIL_TO, 'ann@example.org,,bob@example.org'",
    "MAIL_TO, '{{s3cret}}@example.org'",
    "MAIL_FROM, s3cret",
    "MAIL_SERVER, mail.example.org",
    "MAIL_SERVER, mail.example.org:0",
    "MAIL_SERVER, mail.example.org:65536",
    "MAIL_TLS, s3cret",
    "TELEGRAM_TOKEN, s3cret",
    "TELEGRAM_CHAT, '@s3cret'",
    "TELEGRAM_CHAT, 0",
    "TELEGRAM_URL, s3cret",
    "RUNBOOK_URL, s3cret"
  })
  void shouldRefuseWhatCannotBeOneWithoutTellingTheValue(String variable, String value) {
    assertThatThrownBy(() -> AlertReceivers.of(with("QUANTUM_ALERT_" + variable, value)))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageStartingWith("QUANTUM_ALERT_" + variable + " must be ")
        .message()
        .doesNotContain("s3cret");
  }
}
