package io.quantumtrader.schemas.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.policy.PolicyFields;
import io.quantumtrader.schemas.policy.PolicyRules;
import org.apache.avro.Schema;

/** Every threshold with its unit and default, as {@code docs/policy.md}. */
public final class PolicyPage {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyPage() {}

  /** Returns the page as it should be. */
  public static GeneratedPage page() {
    Schema schema = Policy.getClassSchema();
    StringBuilder text = new StringBuilder();
    text.append(schema.getDoc())
        .append("\n\n| field | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
    for (Schema.Field field : schema.getFields()) {
      text.append("| `")
          .append(field.name())
          .append("` | ")
          .append(type(field.schema()))
          .append(" | `")
          .append(json(field.defaultVal()))
          .append("` | ")
          .append(bound(field))
          .append(" | ")
          .append(GeneratedPage.cell(field.doc()))
          .append(" |\n");
    }
    text.append(
        """

        `./quantum policy set` takes these names as written here or with underscores
        (`max_positions`), and refuses values that are not allowed. Separate list items with commas.
        These rules apply as well:

        """);
    PolicyRules.relations()
        .forEach(relation -> text.append("- ").append(relation.text()).append('\n'));
    text.append(
        """

        A record that breaks one of these rules, for example one written by hand, is ignored:
        entries are denied POLICY_MISSING and exits run on the built-in policy. For an account with
        such a record, the default does not apply either.
        """);
    return new GeneratedPage("policy.md", "Policy", text.toString());
  }

  private static String bound(Schema.Field field) {
    return PolicyFields.all().contains(field)
        ? GeneratedPage.cell(PolicyRules.bound(field.name()).text())
        : "written with each version";
  }

  private static String type(Schema schema) {
    return schema.getType() == Schema.Type.ARRAY
        ? "list of " + type(schema.getElementType())
        : schema.getType().getName();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a default is not JSON: " + value, impossible);
    }
  }
}
