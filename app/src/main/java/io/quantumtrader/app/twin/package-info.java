/** Commands about the twin of the exchange. */
package io.quantumtrader.app.twin;
