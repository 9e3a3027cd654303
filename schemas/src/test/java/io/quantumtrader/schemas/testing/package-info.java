/** What tests of several modules share. */
package io.quantumtrader.schemas.testing;
