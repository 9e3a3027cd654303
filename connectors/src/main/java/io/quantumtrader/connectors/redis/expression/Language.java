package io.quantumtrader.connectors.redis.expression;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.apache.commons.jexl3.parser.ASTFunctionNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTJexlScript;
import org.apache.commons.jexl3.parser.JexlNode;
import org.apache.commons.jexl3.parser.JexlScriptParser;
import org.apache.commons.jexl3.parser.Parser;

/**
 * JEXL as far as a mapping may use it: fields, operators, lists and the {@link Functions}. There
 * are no methods, classes, assignments, loops or scripts.
 */
final class Language {

  private static final JexlFeatures FEATURES =
      JexlFeatures.createNone().structuredLiteral(true).arrayReferenceExpr(true);

  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .features(FEATURES)
          .permissions(
              new JexlPermissions.ClassPermissions(
                  JexlPermissions.NONE, List.of(Functions.class.getName())))
          .strategy((operator, owner) -> List.of(FieldOf.RESOLVER))
          .arithmetic(new DecimalArithmetic())
          .namespaces(Collections.singletonMap(null, new Functions()))
          .parserFactory(Language::parser)
          .antish(false)
          .strict(true)
          .safe(true)
          .silent(false)
          .create();

  private Language() {}

  static JexlScript read(String source) {
    if (source.isBlank()) {
      throw new ExpressionSyntaxException("nothing is there", source, 1);
    }
    try {
      return ENGINE.createScript(FEATURES, new JexlInfo("", 1, 1), source);
    } catch (JexlException problem) {
      throw new ExpressionSyntaxException(message(problem), source, problem.getInfo().getColumn());
    }
  }

  /** Returns whether this is a name, and none that JEXL has a meaning for. */
  static boolean isWord(String name) {
    try {
      return name.matches("\\w+") && read(name).getVariables().equals(Set.of(List.of(name)));
    } catch (ExpressionSyntaxException reserved) {
      return false;
    }
  }

  /** Returns what JEXL says, without the place in front of it. */
  static String message(JexlException problem) {
    return problem.getMessage().replaceFirst("^\\S*@\\d+:\\d+ ", "");
  }

  private static JexlScriptParser parser() {
    return (info, features, source, scope) -> {
      ASTJexlScript tree = new Parser(";").parse(info, features, source, scope);
      checkCalls(tree, source);
      return tree;
    };
  }

  /** JEXL looks a function up when it calls it; a mapping is to be refused before. */
  private static void checkCalls(JexlNode node, String source) {
    if (node instanceof ASTFunctionNode) {
      String name = ((ASTIdentifier) node.jjtGetChild(0)).getName();
      int column = node.jexlInfo().getColumn();
      if (!Functions.takes(name)) {
        String problem = "unknown function '" + name + "' (known: " + Functions.names() + ")";
        throw new ExpressionSyntaxException(problem, source, column);
      }
      if (!Functions.takes(name, node.jjtGetChild(1).jjtGetNumChildren())) {
        String problem = "wrong number of arguments for '" + name + "'";
        throw new ExpressionSyntaxException(problem, source, column);
      }
    }
    for (int i = 0; i < node.jjtGetNumChildren(); i++) {
      checkCalls(node.jjtGetChild(i), source);
    }
  }
}
