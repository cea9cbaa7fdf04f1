"""Which names, ports and targets AWS takes: what only its documentation says."""

import unittest

from aws_arguments import balancer_name, ec2_tag_key, follows, health_check_port, network_balancer_name, target_id


class NamesTest(unittest.TestCase):
    def test_a_name_has_1_to_32_characters(self):
        self.assertIsNone(balancer_name("a" * 32))
        for name in ("", "a" * 33):
            self.assertEqual(balancer_name(name), "The load balancer name must have 1 to 32 characters")

    def test_a_name_neither_begins_nor_ends_with_a_hyphen(self):
        for name in ("-a", "a-"):
            self.assertEqual(balancer_name(name), "The load balancer name cannot begin or end with '-'")

    def test_only_a_network_load_balancer_may_not_begin_with_internal(self):
        self.assertIsNone(balancer_name("internal-web"))
        self.assertIsNotNone(network_balancer_name("internal-web"))

    def test_a_tag_key_may_not_begin_with_aws(self):
        self.assertIsNone(ec2_tag_key("team"))
        for key in ("", "aws:team", "a" * 129, "a\n"):
            self.assertIsNotNone(ec2_tag_key(key), key)


class PortsAndTargetsTest(unittest.TestCase):
    def test_a_health_check_port_is_a_port_or_that_of_the_traffic(self):
        for port in ("1", "65535", "traffic-port"):
            self.assertIsNone(health_check_port(port), port)
        for port in ("0", "65536", "80a", ""):
            self.assertIsNotNone(health_check_port(port), port)

    def test_a_target_is_an_instance_an_address_or_an_arn(self):
        for target in ("i-0123456789abcdef0", "10.0.0.1", "fd00::1", "arn:aws:lambda:us-east-1:123456789012:function:a"):
            self.assertIsNone(target_id(target), target)
        for target in ("i-1", "10.0.0.256", "fe80::1%eth0", "web"):
            self.assertIsNotNone(target_id(target), target)


class PatternsTest(unittest.TestCase):
    def test_a_pattern_of_letters_of_all_languages_takes_letters_digits_and_blanks(self):
        pattern = "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$"
        self.assertTrue(follows(pattern, "팀 1_a@b"))
        self.assertFalse(follows(pattern, "a;b"))


if __name__ == "__main__":
    unittest.main()
