/** The command {@code up}: the whole pipeline and all it needs, in one process. */
package io.quantumtrader.compose.up;
