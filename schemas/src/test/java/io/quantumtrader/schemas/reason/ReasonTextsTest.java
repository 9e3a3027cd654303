package io.quantumtrader.schemas.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text that repeats a number of the policy is wrong as soon as somebody sets it. */
final class ReasonTextsTest {

  private static final Pattern DIGIT = Pattern.compile("[0-9%]");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
  private static final Pattern FIELD = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z0-9]*)+\\b");

  /** "One" counts nothing in these texts: it stands for a noun. */
  private static final Set<String> NUMBERS =
      Set.of(
          ("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty"
                  + " fifty sixty hundred thousand half third quarter double twice minute minutes"
                  + " hour hours second seconds percent")
              .split(" "));

  /** Numbers that no policy sets, with the reason why they stand. */
  private static final Map<ReasonCode, String> FIXED =
      Map.of(
          ReasonCode.TIME_INVALID, "1970 is where time begins, in every version",
          ReasonCode.ACCOUNT_INVALID,
              "what an account's name is made of is a rule of the contract");

  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void shouldNameThePolicyFieldInsteadOfItsNumber(ReasonCode code) {
    List<String> words =
        WORD.matcher(code.meaning())
            .results()
            .map(word -> word.group().toLowerCase(Locale.ROOT))
            .filter(NUMBERS::contains)
            .toList();
    boolean frozen = DIGIT.matcher(code.meaning()).find() || !words.isEmpty();

    assertThat(frozen).as(code.meaning()).isEqualTo(FIXED.containsKey(code));
  }

  @Test
  void shouldNameFieldsThatThePolicyHas() {
    Set<String> fields = new TreeSet<>();
    Policy.getClassSchema().getFields().stream().map(Schema.Field::name).forEach(fields::add);
    Set<String> named = new TreeSet<>();
    Arrays.stream(ReasonCode.values())
        .flatMap(code -> FIELD.matcher(code.meaning()).results())
        .forEach(field -> named.add(field.group()));

    assertThat(named)
        .contains("candleMaxGap", "candleMaxJump", "entriesPerHour", "entriesPerFiveMinutes")
        .isSubsetOf(fields);
  }
}
